import { addressId, recordId } from '@broadsheet/article';
import type { TrailEvent } from '@broadsheet/contracts';
import { DataRefused } from '@broadsheet/persistence';
import { recordBatch } from '@broadsheet/testing';
import { describe, expect, it } from 'vitest';
import { RecordTrailHandler } from './record-trail.handler.ts';

const URL = 'https://news.example/story';
const ARTICLE_ID = '5e0f3c1a-6f5e-5d56-9df0-3ab3c9c5d001';

const STEP: TrailEvent = {
  id: '5e0f3c1a-6f5e-5d56-9df0-3ab3c9c5d7aa',
  subject: ARTICLE_ID,
  step: 'parsed',
  service: 'parser',
  at: '2026-05-01T00:00:00.000Z',
  url: URL,
  record: 'articles.raw/0/7',
  articleId: null,
  code: null,
  detail: {},
};

function setUp(answer: (event: TrailEvent) => Error | null = () => null) {
  const written: TrailEvent[] = [];
  const store = {
    insert: (events: readonly TrailEvent[]) => {
      written.push(...events);
      return Promise.resolve(events.map(answer));
    },
  };
  return { written, handler: new RecordTrailHandler(store) };
}

const LETTER = {
  topic: 'articles.raw.parser.dlq',
  partition: 2,
  offset: 4n,
  timestampMs: Date.UTC(2026, 4, 1),
  headers: {
    ce_subject: URL,
    'dlq.topic': 'articles.raw',
    'dlq.partition': '3',
    'dlq.offset': '17',
    'dlq.group': 'parser',
    'dlq.code': 'NOT_TEXT',
  },
};

describe('recording trails', () => {
  it('writes the steps that services tell of', async () => {
    const { handler, written } = setUp();
    const batch = recordBatch([{ topic: 'articles.trail', value: JSON.stringify(STEP) }]);
    expect(await handler.handle(batch)).toEqual({ failures: [] });
    expect(written).toEqual([STEP]);
  });

  it('tells of a dead letter under its record and under its address', async () => {
    const { handler, written } = setUp();
    await handler.handle(recordBatch([LETTER]));
    expect(written.map(({ subject }) => subject)).toEqual([
      recordId('articles.raw', 3, '17'),
      addressId(URL),
    ]);
    expect(written[0]).toMatchObject({
      step: 'dead-lettered',
      service: 'parser',
      at: '2026-05-01T00:00:00.000Z',
      url: URL,
      record: 'articles.raw/3/17',
      code: 'NOT_TEXT',
      detail: { deadLetter: 'articles.raw.parser.dlq/2/4' },
    });
  });

  it('gives the steps of one dead letter the same ids each time', async () => {
    const { handler, written } = setUp();
    await handler.handle(recordBatch([LETTER, LETTER]));
    expect(new Set(written.map(({ id }) => id)).size).toBe(2);
  });

  it('takes the key of our own topics for the article', async () => {
    const { handler, written } = setUp();
    const headers = { ...LETTER.headers, 'dlq.topic': 'articles.parsed', 'dlq.group': 'indexer' };
    await handler.handle(recordBatch([{ ...LETTER, key: ARTICLE_ID, headers }]));
    expect(written.map(({ subject }) => subject)).toContain(ARTICLE_ID);
    expect(written[0]?.service).toBe('indexer');
  });

  it('lets a dead letter without usable headers stand for itself', async () => {
    const { handler, written } = setUp();
    const headers = { 'dlq.topic': 'articles.raw', 'dlq.partition': 'x', 'dlq.offset': '-1' };
    await handler.handle(recordBatch([{ ...LETTER, key: Buffer.from([0xff, 0xfe]), headers }]));
    expect(written.map(({ record }) => record)).toEqual(['articles.raw.parser.dlq/2/4']);
  });

  it('fails what is no step or is refused, once each', async () => {
    const { handler } = setUp(({ step }) =>
      step === 'dead-lettered' ? new DataRefused('too long') : null,
    );
    const batch = recordBatch([
      { topic: 'articles.trail', value: '{}' },
      { topic: 'articles.trail', value: JSON.stringify(STEP) },
      { ...LETTER, offset: 9n },
    ]);
    const { failures } = await handler.handle(batch);
    expect(failures.map(({ record, code }) => [record.offset, code])).toEqual([
      [0n, 'TRAIL_EVENT_INVALID'],
      [9n, 'DATA_REFUSED'],
    ]);
  });
});
