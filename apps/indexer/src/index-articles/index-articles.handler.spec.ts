import type { ArticleIndexed } from '@broadsheet/contracts';
import type { LogProducer, OutgoingRecord } from '@broadsheet/messaging';
import {
  type ArrivalOutcome,
  type ArticleArrival,
  DataRefused,
  DatabaseUnavailable,
} from '@broadsheet/persistence';
import { parsedArticle, recordBatch } from '@broadsheet/testing';
import { describe, expect, it } from 'vitest';
import { IndexArticlesHandler } from './index-articles.handler.ts';

function eventOf({ article }: ArticleArrival, position: number): ArticleIndexed {
  const { id: articleId, url, title, contentHash, causedBy } = article;
  const at = '2026-05-01T00:00:00.000Z';
  const base = { articleId, url, title, contentHash, causedBy, at };
  return { ...base, kind: 'created', revision: 1, position: String(position) };
}

/** A handler whose store answers as told, and everything that was sent and stored by it. */
function setUp(answer: (arrival: ArticleArrival, index: number) => ArrivalOutcome) {
  const sent: OutgoingRecord[] = [];
  const stored: ArticleArrival[] = [];
  const producer: LogProducer = {
    send: (records) => {
      sent.push(...records);
      return Promise.resolve([]);
    },
  };
  const store = {
    apply: (arrivals: readonly ArticleArrival[]) => {
      stored.push(...arrivals);
      return Promise.resolve(arrivals.map(answer));
    },
  };
  return {
    sent,
    stored,
    handler: new IndexArticlesHandler(store, producer, () => undefined),
  };
}

const applied = (arrival: ArticleArrival, index: number): ArrivalOutcome => ({
  outcome: 'applied',
  event: eventOf(arrival, index + 1),
});

describe('indexing a batch', () => {
  it('tells of each article under its id, with the same event id whenever it is told', async () => {
    const { handler, sent } = setUp(applied);
    const article = parsedArticle();
    const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    const batch = recordBatch([
      { topic: 'articles.parsed', value: JSON.stringify(article), headers },
    ]);
    expect(await handler.handle(batch)).toEqual({ failures: [] });
    await handler.handle(batch);
    expect(sent[0]).toMatchObject({
      topic: 'articles.indexed',
      key: article.id,
      headers: { ...headers, ce_id: '1', ce_type: 'broadsheet.article.indexed.v1' },
    });
    expect(sent[1]).toEqual(sent[0]);
  });

  it('hands over words of scripts without spaces one by one', async () => {
    const { handler, stored } = setUp(applied);
    const article = parsedArticle({ language: 'ja', text: '船が港に戻りました。' });
    await handler.handle(recordBatch([{ value: JSON.stringify(article) }]));
    expect(stored[0]?.search.body).toContain('船 が 港');
    expect(stored[0]?.article.text).toBe('船が港に戻りました。');
  });

  it('fails what is no ParsedArticle or is refused, and indexes the rest', async () => {
    const refusal = new DataRefused('date out of range');
    const { handler, sent } = setUp((arrival, index) =>
      index === 1 ? { outcome: 'refused', error: refusal } : applied(arrival, index),
    );
    const values = ['{"id":1}', '', ...[1, 2, 3].map(() => JSON.stringify(parsedArticle()))];
    const batch = recordBatch(values.map((value) => ({ value })));
    const { failures } = await handler.handle(batch);
    expect(failures.map(({ record, code }) => [record.offset, code])).toEqual([
      [0n, 'PARSED_ARTICLE_INVALID'],
      [1n, 'EMPTY_VALUE'],
      [3n, 'DATA_REFUSED'],
    ]);
    expect(sent).toHaveLength(2);
  });

  it('says that the sink is away when the database is, and publishes nothing', async () => {
    const { handler, sent } = setUp(() => {
      throw new DatabaseUnavailable('connection refused');
    });
    const batch = recordBatch([{ value: JSON.stringify(parsedArticle()) }]);
    await expect(handler.handle(batch)).rejects.toMatchObject({ code: 'SINK_UNAVAILABLE' });
    expect(sent).toEqual([]);
  });
});
