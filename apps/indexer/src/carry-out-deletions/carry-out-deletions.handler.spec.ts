import type { ArticleIndexed } from '@broadsheet/contracts';
import type { OutgoingRecord } from '@broadsheet/messaging';
import { describe, expect, it, vi } from 'vitest';
import { CarryOutDeletionsHandler } from './carry-out-deletions.handler.ts';
import { deletionWork } from './deletion.work.ts';

const EVENT: ArticleIndexed = {
  articleId: '0b7f8c1e-52b1-5c7e-9d5c-0a4f5f6b7c8d',
  kind: 'deleted',
  revision: 2,
  position: '41',
  url: null,
  title: 'Bridge reopens',
  contentHash: 'a'.repeat(64),
  at: '2026-05-01T00:00:00.000Z',
  causedBy: null,
};

function setUp() {
  const open = new Set([EVENT.articleId]);
  const sent: OutgoingRecord[] = [];
  const send = vi.fn((records: readonly OutgoingRecord[]) => {
    sent.push(...records);
    return Promise.resolve([]);
  });
  const orders = {
    carryOutNext: () => {
      const [articleId] = open;
      return Promise.resolve(
        articleId === undefined
          ? null
          : { articleId, reason: 'retention' as const, events: [EVENT] },
      );
    },
    complete: (articleId: string) => {
      open.delete(articleId);
      return Promise.resolve();
    },
  };
  const count = vi.fn();
  return {
    open,
    sent,
    send,
    count,
    handler: new CarryOutDeletionsHandler(orders, { send }, count),
  };
}

describe('carrying out deletions', () => {
  it('publishes each under the id of its article, then completes the order', async () => {
    const { open, sent, count, handler } = setUp();
    expect(await handler.handle(new AbortController().signal)).toBe(1);
    expect(count.mock.calls).toEqual([[{ reason: 'retention' }]]);
    expect(sent).toMatchObject([
      { topic: 'articles.indexed', key: EVENT.articleId, headers: { ce_id: '41' } },
    ]);
    expect(JSON.parse(String(sent[0]?.value))).toEqual(EVENT);
    expect(open.size).toBe(0);
  });

  it('keeps the order where publishing fails', async () => {
    const { open, send, handler } = setUp();
    send.mockRejectedValueOnce(new Error('no broker'));
    await expect(handler.handle(new AbortController().signal)).rejects.toThrow('no broker');
    expect(open.size).toBe(1);
  });
});

describe('looking for orders', () => {
  it('says how many articles were deleted, and looks again soon', async () => {
    const { handler } = setUp();
    const log = vi.fn();
    const work = deletionWork(handler, { log, warn: vi.fn() });
    const { signal } = new AbortController();
    expect([await work.run(signal), await work.run(signal)]).toEqual([1_000, 1_000]);
    expect(log.mock.calls).toEqual([[{ msg: 'deleted articles', count: 1 }]]);
  });
});
