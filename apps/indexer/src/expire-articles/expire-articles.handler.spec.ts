import type { ExpiredArticles, RetentionPlace } from '@broadsheet/persistence';
import { describe, expect, it } from 'vitest';
import { ExpireArticlesHandler } from './expire-articles.handler.ts';

const NOW = new Date('2026-05-31T00:00:00.000Z');
const PLACE = { seenAt: '2026-01-01T00:00:00.000000Z', id: 'a' };

function setUp(batches: readonly { ordered: number; next: RetentionPlace | null }[]) {
  const asked: [string, RetentionPlace | null][] = [];
  let waiting = 0;
  const orders = {
    waiting: () => Promise.resolve(waiting),
    order: (expired: ExpiredArticles, after: RetentionPlace | null) => {
      const batch = batches[asked.length] ?? { ordered: 0, next: null };
      asked.push([expired.sources?.[0] ?? 'all', after]);
      waiting += batch.ordered;
      return Promise.resolve(batch);
    },
  };
  const rules = { days: 30, daysBySource: new Map([['short', 1]]) };
  const handler = new ExpireArticlesHandler(orders, rules, () => NOW);
  const carryOut = () => {
    waiting = Math.max(0, waiting - 150);
    return Promise.resolve();
  };
  return { asked, handler, carryOut, waits: () => waiting };
}

describe('expiring articles', () => {
  it('goes on behind each batch once that was carried out, rule by rule', async () => {
    const { asked, handler, carryOut } = setUp([
      { ordered: 200, next: PLACE },
      { ordered: 3, next: null },
      { ordered: 1, next: null },
    ]);
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      return carryOut();
    };
    expect(await handler.handle(pause, new AbortController().signal)).toBe(204);
    expect(asked).toEqual([
      ['all', null],
      ['all', PLACE],
      ['short', null],
    ]);
    expect(pauses).toBe(3);
  });

  it('stops between two batches when the service does', async () => {
    const { asked, handler, waits } = setUp([{ ordered: 200, next: PLACE }]);
    const stopping = new AbortController();
    const pause = () => {
      stopping.abort();
      return Promise.resolve();
    };
    expect(await handler.handle(pause, stopping.signal)).toBe(200);
    expect([asked.length, waits()]).toEqual([1, 200]);
  });
});
