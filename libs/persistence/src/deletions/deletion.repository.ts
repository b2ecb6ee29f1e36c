import type { ArticleIndexed } from '@broadsheet/contracts';
import type { Pool } from 'pg';
import { withConflictRetries } from '../database/conflict-retries.ts';
import { inTransaction, type Query, queryOf } from '../database/session.ts';
import { deleteArticle, type DeletionOrder, type DeletionReason } from './delete-article.ts';

/** What an id leads to, after aliases. `unknown`: to nothing that was ever stored. */
export type DeletionState =
  | { readonly kind: 'stored'; readonly articleId: string }
  | { readonly kind: 'deleted'; readonly articleId: string }
  | { readonly kind: 'unknown' };

/** An order that was carried out: the article is gone, and this is still to be published. */
export interface CarriedOutDeletion extends DeletionOrder {
  readonly events: readonly ArticleIndexed[];
}

const FIND_STATE = `
SELECT resolved.id, article.id IS NOT NULL AS is_stored, article_tombstone.article_id IS NOT NULL AS is_deleted
FROM (SELECT coalesce((SELECT article_id FROM article_alias WHERE address_id = $1::uuid), $1::uuid) AS id) AS resolved
LEFT JOIN article USING (id)
LEFT JOIN article_tombstone ON article_tombstone.article_id = resolved.id`;

const ORDER = `
INSERT INTO deletion (article_id, requested_at) VALUES ($1::uuid, $2::timestamptz)
ON CONFLICT (article_id) DO UPDATE SET reason = 'person' WHERE deletion.events IS NULL`;

/** People do not wait for the retention. */
const TAKE = `
SELECT article_id, reason, events FROM deletion
ORDER BY reason, requested_at, article_id LIMIT 1 FOR UPDATE SKIP LOCKED`;

interface OrderColumns {
  readonly article_id: string;
  readonly reason: DeletionReason;
  readonly events: readonly ArticleIndexed[] | null;
}

/** Orders to delete articles: written by the gateway, carried out by the indexer. */
export class DeletionRepository {
  private readonly query: Query;

  constructor(
    private readonly pool: Pool,
    private readonly clock: () => Date = () => new Date(),
  ) {
    this.query = queryOf(pool);
  }

  async stateOf(id: string): Promise<DeletionState> {
    const [row] = await this.query<{ id: string; is_stored: boolean; is_deleted: boolean }>(
      FIND_STATE,
      [id],
    );
    if (row?.is_stored) return { kind: 'stored', articleId: row.id };
    return row?.is_deleted ? { kind: 'deleted', articleId: row.id } : { kind: 'unknown' };
  }

  /** Asking twice is asking once. */
  async order(articleId: string): Promise<void> {
    await this.query(ORDER, [articleId, this.clock().toISOString()]);
  }

  /**
   * Carries out the oldest order and returns what is to be published about it, again and again until
   * `complete`. Null where there is no order, or others are at work on all there are.
   */
  carryOutNext(signal?: AbortSignal): Promise<CarriedOutDeletion | null> {
    return withConflictRetries(() =>
      inTransaction(
        this.pool,
        async (query) => {
          const [order] = await query<OrderColumns>(TAKE);
          if (!order) return null;
          const { article_id: articleId, reason } = order;
          const events = order.events ?? (await this.carryOut(query, { articleId, reason }));
          return { articleId, reason, events };
        },
        signal,
      ),
    );
  }

  /** After its events were published. */
  async complete(articleId: string): Promise<void> {
    await this.query('DELETE FROM deletion WHERE article_id = $1::uuid', [articleId]);
  }

  private async carryOut(query: Query, order: DeletionOrder): Promise<readonly ArticleIndexed[]> {
    const events = await deleteArticle(query, order, this.clock().toISOString());
    await query('UPDATE deletion SET events = $2::jsonb WHERE article_id = $1::uuid', [
      order.articleId,
      JSON.stringify(events),
    ]);
    return events;
  }
}
