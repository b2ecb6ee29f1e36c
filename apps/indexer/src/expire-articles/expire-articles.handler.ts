import type { ExpiredArticles, OrderedBatch, RetentionPlace } from '@broadsheet/persistence';
import { decideExpired, type RetentionRules } from './retention-rules.ts';

/** Where deletions are ordered; carry-out-deletions does the rest. */
export interface RetentionOrders {
  waiting(): Promise<number>;
  order(
    expired: ExpiredArticles,
    after: RetentionPlace | null,
    limit: number,
  ): Promise<OrderedBatch>;
}

const BATCH = 200;

/** Orders the deletion of articles that have had their time, some at a time. */
export class ExpireArticlesHandler {
  constructor(
    private readonly orders: RetentionOrders,
    private readonly rules: RetentionRules,
    private readonly clock: () => Date,
  ) {}

  /**
   * Goes through all that has expired; returns how many deletions were ordered. A further batch is ordered
   * only once the one before it was carried out: vacuum keeps up, and nobody waits behind a long queue.
   */
  async handle(pause: () => Promise<void>, signal: AbortSignal): Promise<number> {
    let ordered = 0;
    for (const expired of decideExpired(this.rules, this.clock())) {
      let place: RetentionPlace | null = null;
      do {
        while (!signal.aborted && (await this.orders.waiting()) > 0) await pause();
        if (signal.aborted) return ordered;
        const batch: OrderedBatch = await this.orders.order(expired, place, BATCH);
        ordered += batch.ordered;
        place = batch.next;
      } while (place !== null);
    }
    return ordered;
  }
}
