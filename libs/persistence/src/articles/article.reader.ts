import type { Pool } from 'pg';
import { columnNames } from '../database/bulk-statement.ts';
import { type PreparedStatement, type Query, queryOf, queryPrepared } from '../database/session.ts';
import type { ArticleSearch, SearchPage } from '../search/article-search.ts';
import { findSimilar, type SimilarArticle } from '../near-duplicates/similar-articles.ts';
import { DateSpreads } from '../search/date-windows.ts';
import { searchArticles } from '../search/search-articles.ts';
import {
  type ArticleColumns,
  articleOf,
  type RevisionColumns,
  revisionOf,
  type StateColumns,
  stateOf,
  STORY_ID,
} from './article-rows.ts';
import { CONTENT_COLUMNS } from './content-columns.ts';
import type {
  ArticleRevision,
  ArticleState,
  RevisionSummary,
  StoredArticle,
} from './stored-article.ts';

const CONTENT = columnNames(CONTENT_COLUMNS);

/** The id that an id or address id stands for, as an expression over $1. */
const RESOLVED_ID = `coalesce((SELECT article_id FROM article_alias WHERE address_id = $1::uuid), $1::uuid)`;

const FIND_ARTICLE: PreparedStatement = {
  name: 'find-article',
  text: `
SELECT id, ${CONTENT}, duplicate_of, copy_of, ${STORY_ID} AS story_id, revision, first_seen_at, updated_at
FROM article WHERE id = ${RESOLVED_ID}`,
};

/** Everything that changes whenever a field of an article does, and nothing of its text. */
const FIND_STATE: PreparedStatement = {
  name: 'find-article-state',
  text: `
SELECT id, duplicate_of, copy_of, ${STORY_ID} AS story_id, revision, updated_at, fetched_at, appended_at, parser_generation
FROM article WHERE id = ${RESOLVED_ID}`,
};

const LIST_REVISIONS = `
SELECT article_id, revision, title, content_hash, word_count, created_at, superseded_at
FROM article_revision WHERE article_id = ${RESOLVED_ID}
UNION ALL
SELECT id, revision, title, content_hash, word_count, updated_at, NULL
FROM article WHERE id = ${RESOLVED_ID}
ORDER BY revision DESC`;

const FIND_REVISION = `
SELECT article_id, revision, ${CONTENT}, created_at, superseded_at
FROM article_revision WHERE article_id = ${RESOLVED_ID} AND revision = $2
UNION ALL
SELECT id, revision, ${CONTENT}, updated_at, NULL
FROM article WHERE id = ${RESOLVED_ID} AND revision = $2`;

const LIST_SUBJECTS = `
SELECT ${RESOLVED_ID} AS subject
UNION
SELECT $1::uuid
UNION
SELECT address_id FROM article_alias WHERE article_id = ${RESOLVED_ID}`;

type SummaryColumns = Pick<
  RevisionColumns,
  | 'article_id'
  | 'revision'
  | 'title'
  | 'content_hash'
  | 'word_count'
  | 'created_at'
  | 'superseded_at'
>;

/** Reads articles. Every method throws DatabaseUnavailable or QueryTimedOut when it cannot answer. */
export class ArticleReader {
  private readonly query: Query;
  private readonly spreads: DateSpreads;

  constructor(
    private readonly pool: Pool,
    private readonly clock: () => Date = () => new Date(),
  ) {
    this.query = queryOf(pool);
    this.spreads = new DateSpreads(clock);
  }

  search(search: ArticleSearch): Promise<SearchPage> {
    return searchArticles(this.pool, search, { now: this.clock(), spreads: this.spreads });
  }

  /** By article id or by the id of any address of it. */
  async findById(id: string): Promise<StoredArticle | null> {
    const [row] = await queryPrepared<ArticleColumns>(this.pool, FIND_ARTICLE, [id]);
    return row ? articleOf(row) : null;
  }

  /** What tells one state of an article from the next, without reading its text. */
  async findState(id: string): Promise<ArticleState | null> {
    const [row] = await queryPrepared<StateColumns>(this.pool, FIND_STATE, [id]);
    return row ? stateOf(row) : null;
  }

  /** The ids under which an article's trail is written: its own and those of its addresses. */
  async subjectsOf(id: string): Promise<readonly string[]> {
    const rows = await this.query<{ subject: string }>(LIST_SUBJECTS, [id]);
    return rows.map(({ subject }) => subject);
  }

  /** Articles with much the same text, most similar first. */
  similarTo(id: string): Promise<readonly SimilarArticle[]> {
    return findSimilar(this.query, id);
  }

  /** Newest first; empty where there is no such article. */
  async revisions(id: string): Promise<readonly RevisionSummary[]> {
    const rows = await this.query<SummaryColumns>(LIST_REVISIONS, [id]);
    return rows.map((row) => ({
      articleId: row.article_id,
      revision: row.revision,
      title: row.title,
      contentHash: row.content_hash,
      wordCount: row.word_count,
      createdAt: row.created_at.toISOString(),
      supersededAt: row.superseded_at?.toISOString() ?? null,
    }));
  }

  async revision(id: string, revision: number): Promise<ArticleRevision | null> {
    const [row] = await this.query<RevisionColumns>(FIND_REVISION, [id, revision]);
    return row ? revisionOf(row) : null;
  }
}
