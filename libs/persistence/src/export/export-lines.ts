import { escapeLiteral } from 'pg';
import { STORY_ID } from '../articles/article-rows.ts';
import type { StoredArticle } from '../articles/stored-article.ts';

function time(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The fields of an article as every route answers them, and when it was fetched, which orders its versions. */
const FIELDS: Readonly<Record<Exclude<keyof StoredArticle, 'version'> | 'fetchedAt', string>> = {
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
  text: 'article.text',
  html: 'html',
  image: 'image',
  section: 'section',
  categories: 'categories',
  keywords: 'keywords',
  wordCount: 'word_count',
  paywalled: 'paywalled',
  truncated: 'truncated',
  contentHash: 'content_hash',
  duplicateOf: 'coalesce(duplicate_of, copy_of)',
  storyId: STORY_ID,
  revision: 'revision',
  firstSeenAt: time('first_seen_at'),
  updatedAt: time('updated_at'),
  provenance: 'provenance',
  fetchedAt: time('fetched_at'),
};

const LINE = `json_build_object(${Object.entries(FIELDS)
  .map(([name, value]) => `'${name}', ${value}`)
  .join(', ')})::text`;

/** A line of JSON for each of the articles that is still there, in no promised order. */
export function linesQuery(ids: readonly string[]): string {
  const wanted = escapeLiteral(`{${ids.join(',')}}`);
  return `SELECT ${LINE} || E'\\n' FROM unnest(${wanted}::uuid[]) AS wanted(id) JOIN article USING (id)`;
}
