import type { Pool } from 'pg';
import { type Query, queryOf } from '../database/session.ts';

export type StorySort = 'recent' | 'size';

/** Articles about one event. Times are UTC ISO 8601. */
export interface Story {
  readonly id: string;
  /** That of its earliest article. */
  readonly title: string;
  readonly size: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface StoryArticle {
  readonly id: string;
  readonly url: string | null;
  readonly site: string | null;
  readonly title: string;
  readonly language: string | null;
  readonly at: string;
  readonly duplicateOf: string | null;
}

/** Where a page ended: `key` is the last value that it is sorted by. */
export interface StoryPosition {
  readonly key: string;
  readonly id: string;
}

interface StoryRow {
  readonly id: string;
  readonly title: string | null;
  readonly size: number;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly key: string;
}

interface StoryArticleRow extends Omit<StoryArticle, 'at' | 'duplicateOf'> {
  readonly sort_at: Date;
  readonly copy_of: string | null;
  readonly key: string;
}

export interface StoryPage<Item> {
  readonly items: readonly Item[];
  readonly next: StoryPosition | null;
}

/** Times travel with their microseconds, or a page would begin with the last one's end. */
const microseconds = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const TITLE = `
LEFT JOIN LATERAL (
  SELECT article.title FROM story_member JOIN article ON article.id = story_member.article_id
  WHERE story_member.story_id = story.id ORDER BY at, article_id LIMIT 1
) AS earliest ON true`;

const ORDERS = {
  recent: { column: 'last_at', type: 'timestamptz', key: microseconds('last_at') },
  size: { column: 'size', type: 'integer', key: 'size::text' },
} as const;

const RESOLVED = `coalesce((SELECT story_id FROM story_alias WHERE alias_id = $1::uuid), $1::uuid)`;

/** Counted from its members, for the story of a single article has no row. */
const FIND_STORY = `
SELECT story.*, title, '' AS key
FROM (
  SELECT story_id AS id, count(*)::integer AS size, min(at) AS first_at, max(at) AS last_at
  FROM story_member WHERE story_id = ${RESOLVED} GROUP BY story_id
) AS story ${TITLE}`;

const LIST_ARTICLES = `
SELECT article.id, url, site, title, language, sort_at, copy_of, ${microseconds('story_member.at')} AS key
FROM story_member JOIN article ON article.id = story_member.article_id
WHERE story_id = $1::uuid AND duplicate_of IS NULL
  AND ($3::timestamptz IS NULL OR (story_member.at, article.id) < ($3::timestamptz, $4::uuid))
ORDER BY story_member.at DESC, article.id DESC LIMIT $2`;

/** Reads stories. Every method throws DatabaseUnavailable or QueryTimedOut when it cannot answer. */
export class StoryReader {
  private readonly query: Query;

  constructor(pool: Pool) {
    this.query = queryOf(pool);
  }

  /** Stories of several articles: those with the newest articles, or with most, first. */
  async list(
    sort: StorySort,
    limit: number,
    after: StoryPosition | null,
  ): Promise<StoryPage<Story>> {
    const { column, type, key } = ORDERS[sort];
    const rows = await this.query<StoryRow>(
      `SELECT story.*, title, ${key} AS key FROM (
  SELECT * FROM story
  WHERE $2::${type} IS NULL OR (${column}, id) < ($2::${type}, $3::uuid)
  ORDER BY ${column} DESC, id DESC LIMIT $1
) AS story ${TITLE} ORDER BY ${column} DESC, id DESC`,
      [limit + 1, after?.key ?? null, after?.id ?? null],
    );
    return pageOf(rows, limit, storyOf);
  }

  /** Also by the id of a story that it has taken in; null where there is none. */
  async findById(id: string): Promise<Story | null> {
    const [row] = await this.query<StoryRow>(FIND_STORY, [id]);
    return row ? storyOf(row) : null;
  }

  /** Newest first. The id has to be that of the story itself. */
  async articles(
    id: string,
    limit: number,
    after: StoryPosition | null,
  ): Promise<StoryPage<StoryArticle>> {
    const rows = await this.query<StoryArticleRow>(LIST_ARTICLES, [
      id,
      limit + 1,
      after?.key ?? null,
      after?.id ?? null,
    ]);
    return pageOf(rows, limit, articleOf);
  }
}

function pageOf<Row extends { readonly id: string; readonly key: string }, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
): StoryPage<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = last && rows.length > limit ? { key: last.key, id: last.id } : null;
  return { items: shown.map(itemOf), next };
}

function storyOf(row: StoryRow): Story {
  return {
    id: row.id,
    title: row.title ?? '',
    size: row.size,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
  };
}

function articleOf(row: StoryArticleRow): StoryArticle {
  const { id, url, site, title, language } = row;
  const at = row.sort_at.toISOString();
  return { id, url, site, title, language, at, duplicateOf: row.copy_of };
}
