import type {
  ArticleImage,
  ArticleSource,
  ArticleVersion,
  DatePrecision,
} from '@broadsheet/contracts';
import type {
  ArticleContent,
  ArticleRevision,
  ArticleState,
  StoredArticle,
} from './stored-article.ts';

interface VersionColumns {
  readonly fetched_at: Date;
  readonly appended_at: Date;
  readonly parser_generation: number;
}

interface ContentColumns extends VersionColumns {
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
}

export interface StateColumns extends VersionColumns {
  readonly id: string;
  readonly duplicate_of: string | null;
  readonly copy_of: string | null;
  readonly story_id: string | null;
  readonly revision: number;
  readonly updated_at: Date;
}

export interface ArticleColumns extends ContentColumns, StateColumns {
  readonly first_seen_at: Date;
}

export interface RevisionColumns extends ContentColumns {
  readonly article_id: string;
  readonly revision: number;
  readonly created_at: Date;
  readonly superseded_at: Date | null;
}

/** As an expression of a query that reads from `article`. */
export const STORY_ID =
  '(SELECT story_id FROM story_member WHERE story_member.article_id = article.id)';

export function articleOf(row: ArticleColumns): StoredArticle {
  return {
    ...stateOf(row),
    ...contentOf(row),
    firstSeenAt: row.first_seen_at.toISOString(),
  };
}

export function stateOf(row: StateColumns): ArticleState {
  return {
    id: row.id,
    duplicateOf: row.duplicate_of ?? row.copy_of,
    storyId: row.story_id,
    revision: row.revision,
    updatedAt: row.updated_at.toISOString(),
    version: versionOf(row),
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
    version: versionOf(row),
  };
}

function versionOf(row: VersionColumns): ArticleVersion {
  return {
    fetchedAt: row.fetched_at.toISOString(),
    appendedAt: row.appended_at.toISOString(),
    parserGeneration: row.parser_generation,
  };
}
