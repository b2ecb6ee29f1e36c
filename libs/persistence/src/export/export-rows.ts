import { STORY_ID } from '../articles/article-rows.ts';
import type { StoredArticle } from '../articles/stored-article.ts';

export interface ExportColumns {
  /** Everything but the two large fields, as JSON: the driver would parse each column by itself. */
  readonly fields: string;
  readonly text: string;
  readonly html: string;
}

function time(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const FIELDS: Readonly<Record<Exclude<keyof StoredArticle, 'text' | 'html'>, string>> = {
  id: 'id',
  url: 'url',
  canonicalUrl: 'canonical_url',
  site: 'site',
  source: 'source',
  title: 'title',
  description: 'description',
  dateline: 'dateline',
  authors: 'authors',
  publishedAt: time('published_at'),
  publishedAtPrecision: 'published_at_precision',
  publishedAtOffset: 'published_at_offset',
  modifiedAt: time('modified_at'),
  language: 'language',
  image: 'image',
  section: 'section',
  categories: 'categories',
  keywords: 'keywords',
  wordCount: 'word_count',
  paywalled: 'paywalled',
  truncated: 'truncated',
  contentHash: 'content_hash',
  provenance: 'provenance',
  duplicateOf: 'coalesce(duplicate_of, copy_of)',
  storyId: STORY_ID,
  revision: 'revision',
  firstSeenAt: time('first_seen_at'),
  updatedAt: time('updated_at'),
  version: `json_build_object('fetchedAt', ${time('fetched_at')}, 'appendedAt', ${time('appended_at')}, 'parserGeneration', parser_generation)`,
};

const JSON_OF_FIELDS = Object.entries(FIELDS).map(([name, value]) => `'${name}', ${value}`);

/** The articles of $1 in its order. */
export const EXPORT_ROWS = `
SELECT json_build_object(${JSON_OF_FIELDS.join(', ')})::text AS fields, article.text, html
FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place)
JOIN article USING (id) ORDER BY wanted.place`;

export function exportedArticle({ fields, text, html }: ExportColumns): StoredArticle {
  return { ...(JSON.parse(fields) as Omit<StoredArticle, 'text' | 'html'>), text, html };
}
