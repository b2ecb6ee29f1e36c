import type { ArticleImage, ArticleSource, DatePrecision } from '@broadsheet/contracts';
import type { ArticleContent, ArticleRevision, StoredArticle } from './stored-article.ts';

interface ContentColumns {
  readonly url: string | null;
  readonly canonical_url: string | null;
  readonly site: string | null;
  readonly source: ArticleSource | null;
  readonly title: string;
  readonly description: string | null;
  readonly dateline: string | null;
  readonly authors: string[];
  readonly published_at: Date | null;
  readonly published_at_precision: DatePrecision | null;
  readonly published_at_offset: string | null;
  readonly modified_at: Date | null;
  readonly language: string | null;
  readonly text: string;
  readonly html: string;
  readonly image: ArticleImage | null;
  readonly section: string | null;
  readonly categories: string[];
  readonly keywords: string[];
  readonly word_count: number;
  readonly paywalled: boolean;
  readonly truncated: boolean;
  readonly content_hash: string;
  readonly provenance: ArticleContent['provenance'];
  readonly fetched_at: Date;
  readonly appended_at: Date;
  readonly parser_generation: number;
}

export interface ArticleColumns extends ContentColumns {
  readonly id: string;
  readonly duplicate_of: string | null;
  readonly copy_of: string | null;
  readonly revision: number;
  readonly first_seen_at: Date;
  readonly updated_at: Date;
}

export interface RevisionColumns extends ContentColumns {
  readonly article_id: string;
  readonly revision: number;
  readonly created_at: Date;
  readonly superseded_at: Date | null;
}

export function articleOf(row: ArticleColumns): StoredArticle {
  return {
    id: row.id,
    ...contentOf(row),
    duplicateOf: row.duplicate_of ?? row.copy_of,
    revision: row.revision,
    firstSeenAt: row.first_seen_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function revisionOf(row: RevisionColumns): ArticleRevision {
  return {
    articleId: row.article_id,
    revision: row.revision,
    ...contentOf(row),
    createdAt: row.created_at.toISOString(),
    supersededAt: row.superseded_at?.toISOString() ?? null,
  };
}

function contentOf(row: ContentColumns): ArticleContent & Pick<StoredArticle, 'version'> {
  return {
    url: row.url,
    canonicalUrl: row.canonical_url,
    site: row.site,
    source: row.source,
    title: row.title,
    description: row.description,
    dateline: row.dateline,
    authors: row.authors,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedAtPrecision: row.published_at_precision,
    publishedAtOffset: row.published_at_offset,
    modifiedAt: row.modified_at?.toISOString() ?? null,
    language: row.language,
    text: row.text,
    html: row.html,
    image: row.image,
    section: row.section,
    categories: row.categories,
    keywords: row.keywords,
    wordCount: row.word_count,
    paywalled: row.paywalled,
    truncated: row.truncated,
    contentHash: row.content_hash,
    provenance: row.provenance,
    version: {
      fetchedAt: row.fetched_at.toISOString(),
      appendedAt: row.appended_at.toISOString(),
      parserGeneration: row.parser_generation,
    },
  };
}
