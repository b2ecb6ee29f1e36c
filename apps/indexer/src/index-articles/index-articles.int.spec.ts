import { ArticleIndexed, readEvent } from '@broadsheet/contracts';
import type { LogProducer, OutgoingRecord, RecordBatch } from '@broadsheet/messaging';
import { ArticleWriter, type Pool } from '@broadsheet/persistence';
import {
  createTestDatabase,
  parsedArticle,
  recordBatch,
  type TestDatabase,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IndexArticlesHandler } from './index-articles.handler.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
});

afterAll(() => database.drop());

/** A producer whose broker is away for the first sends. */
function producerFailing(times: number): LogProducer & { readonly sent: OutgoingRecord[] } {
  const sent: OutgoingRecord[] = [];
  let left = times;
  return {
    sent,
    send(records) {
      if (left > 0) {
        left -= 1;
        return Promise.reject(new Error('broker away'));
      }
      sent.push(...records);
      return Promise.resolve([]);
    },
  };
}

function batchOf(count: number, firstOffset: number, publishedAt?: string): RecordBatch {
  const values = Array.from({ length: count }, (_, n) =>
    JSON.stringify(
      parsedArticle({
        causedBy: { topic: 'articles.raw', partition: 1, offset: String(firstOffset + n) },
        ...(publishedAt !== undefined && n === 1 ? { publishedAt } : {}),
      }),
    ),
  );
  return recordBatch(values.map((value) => ({ topic: 'articles.parsed', value })));
}

function eventsOf(sent: readonly OutgoingRecord[]): (ArticleIndexed | null)[] {
  return sent.map(({ value }) => {
    const reading = readEvent(ArticleIndexed, Buffer.from(value ?? ''));
    return reading.kind === 'event' ? reading.event : null;
  });
}

async function changes(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM article_change');
  return rows[0]?.n ?? -1;
}

describe('a batch that is delivered again', () => {
  it('is told as it was the first time when the process ended before it was told', async () => {
    const producer = producerFailing(1);
    const handler = new IndexArticlesHandler(new ArticleWriter(pool), producer, () => undefined);
    const batch = batchOf(3, 0);
    await expect(handler.handle(batch)).rejects.toThrow('broker away');
    const written = await changes();
    expect(await handler.handle(batch)).toEqual({ failures: [] });
    expect(eventsOf(producer.sent).map((event) => event?.kind)).toEqual([
      'created',
      'created',
      'created',
    ]);
    await handler.handle(batch);
    expect(producer.sent.slice(3)).toEqual(producer.sent.slice(0, 3));
    expect(await changes()).toBe(written);
  });
});

describe('a record that the database refuses', () => {
  it('fails alone', async () => {
    const producer = producerFailing(0);
    const handler = new IndexArticlesHandler(new ArticleWriter(pool), producer, () => undefined);
    const { failures } = await handler.handle(batchOf(4, 100, '0000-01-01T00:00:00Z'));
    expect(failures.map(({ record, code }) => [record.offset, code])).toEqual([
      [1n, 'DATA_REFUSED'],
    ]);
    expect(eventsOf(producer.sent).filter((event) => event !== null)).toHaveLength(3);
  });
});
