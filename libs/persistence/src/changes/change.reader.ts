import type { ChangeKind } from '@broadsheet/contracts';
import type { Pool } from 'pg';
import { type Query, queryOf } from '../database/session.ts';

/** One thing that happened to an article. */
export interface TellableChange {
  /** Decimal string. Whoever has read p has seen everything before p. */
  readonly position: string;
  readonly articleId: string;
  readonly kind: Exclude<ChangeKind, 'unchanged' | 'outdated'>;
  readonly revision: number;
  /** UTC ISO 8601. */
  readonly at: string;
  /** As the article stands now; of a deleted one the address it is known by. */
  readonly url: string | null;
  /** As the article stands now; null once it is deleted. */
  readonly title: string | null;
}

interface ChangeColumns extends Omit<TellableChange, 'at' | 'articleId'> {
  readonly article_id: string;
  readonly at: Date;
}

// The page is cut before the joins, or the planner may read them for the whole log.
const READ_CHANGES = `
WITH page AS MATERIALIZED (
  SELECT position, article_id, kind, revision, at FROM article_change
  WHERE position > $1::bigint AND kind NOT IN ('unchanged', 'outdated')
  ORDER BY position LIMIT $2
)
SELECT page.position, page.article_id, page.kind, page.revision, page.at,
  coalesce(article.url, article_alias.url) AS url, article.title
FROM page
LEFT JOIN article ON article.id = page.article_id
LEFT JOIN article_alias ON article_alias.address_id = page.article_id
ORDER BY page.position`;

/** Reads the change log. Every method throws DatabaseUnavailable or QueryTimedOut when it cannot answer. */
export class ChangeReader {
  private readonly query: Query;

  constructor(pool: Pool) {
    this.query = queryOf(pool);
  }

  /** Everything after a position but unchanged and outdated, in order. */
  async after(position: string, limit: number): Promise<readonly TellableChange[]> {
    const rows = await this.query<ChangeColumns>(READ_CHANGES, [position, limit]);
    return rows.map(({ article_id: articleId, at, ...row }) => ({
      position: row.position,
      articleId,
      kind: row.kind,
      revision: row.revision,
      at: at.toISOString(),
      url: row.url,
      title: row.title,
    }));
  }

  /** The last position there is; '0' in an empty log. */
  async latest(): Promise<string> {
    const [row] = await this.query<{ position: string }>(
      'SELECT coalesce(max(position), 0) AS position FROM article_change',
    );
    return row?.position ?? '0';
  }
}
