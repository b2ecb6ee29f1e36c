import { TOPIC } from '@broadsheet/contracts';
import {
  SinkUnavailable,
  type ConsumedRecord,
  type LogProducer,
  type OutgoingRecord,
} from '@broadsheet/messaging';
import { recordBatch } from '@broadsheet/testing';
import { describe, expect, it } from 'vitest';
import { ParseArticleHandler, type HeavyParser } from './parse-article.handler.ts';

const TEXT =
  'Ferry returns\n\nThe ferry came back on Monday.\n\nPeople had waited on the quay since dawn.';
const NOW = new Date('2026-03-02T06:00:05.000Z');
const TRACEPARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

const HERE = { clock: () => NOW, observe: () => undefined, heavy: null };

function handlerInto(
  sent: OutgoingRecord[][],
  heavy: HeavyParser | null = null,
): ParseArticleHandler {
  const producer: LogProducer = {
    send: (records) => {
      sent.push([...records]);
      return Promise.resolve([]);
    },
  };
  return new ParseArticleHandler(producer, { ...HERE, heavy });
}

const SLOW_PAGE = 'https://harbour-news.example/slow';

/** Answers in the opposite order. */
function heavyParser(asked: ConsumedRecord[], fails?: Error): HeavyParser {
  const waiting: (() => void)[] = [];
  return {
    settle: async (record) => {
      asked.push(record);
      const isSlow = record.key?.toString() === SLOW_PAGE;
      if (isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
      else waiting.shift()?.();
      if (fails) throw fails;
      return { kind: 'failed', code: 'PARSE_TIMEOUT', detail: String(record.key) };
    },
  };
}

describe('the parser', () => {
  it('sends articles and steps of a chunk at once, and hands back what it did not understand', async () => {
    const sent: OutgoingRecord[][] = [];
    const batch = recordBatch([
      { value: TEXT, headers: { traceparent: TRACEPARENT } },
      { value: '{"a":' },
      { value: null },
    ]);
    const { failures } = await handlerInto(sent).handle(batch);
    expect(failures).toMatchObject([
      {
        record: { offset: 1n },
        code: 'JSON_INVALID',
        error: { code: 'JSON_INVALID', retry: 'never' },
      },
    ]);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.map(({ topic }) => topic)).toEqual([TOPIC.parsed, TOPIC.trail, TOPIC.trail]);
    expect(sent[0]?.[0]?.headers).toMatchObject({
      ce_type: 'broadsheet.article.parsed.v1',
      traceparent: TRACEPARENT,
    });
  });

  it('sends the same records again for the same input', async () => {
    const sent: OutgoingRecord[][] = [];
    const handler = handlerInto(sent);
    await handler.handle(recordBatch([{ value: TEXT }]));
    await handler.handle(recordBatch([{ value: TEXT }]));
    expect(sent[1]).toEqual(sent[0]);
  });

  it('sends nothing where nothing was understood', async () => {
    const sent: OutgoingRecord[][] = [];
    const { failures } = await handlerInto(sent).handle(recordBatch([{ value: '{' }]));
    expect(failures).toHaveLength(1);
    expect(sent).toEqual([]);
  });

  it('lets the outage of the broker through', async () => {
    const outage = new SinkUnavailable('the broker is away');
    const handler = new ParseArticleHandler({ send: () => Promise.reject(outage) }, HERE);
    await expect(handler.handle(recordBatch([{ value: TEXT }]))).rejects.toBe(outage);
  });

  it('stops between records when the deadline of the chunk has passed', async () => {
    const sent: OutgoingRecord[][] = [];
    const batch = recordBatch([{ value: TEXT }], AbortSignal.abort(new Error('too late')));
    await expect(handlerInto(sent).handle(batch)).rejects.toThrow('too late');
    expect(sent).toEqual([]);
  });

  it('lets timers run between heavy records', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    const heavy = `${TEXT}\n\n${'The harbour was full of people and of ships from all over the world. '.repeat(10_000)}`;
    await handlerInto([]).handle(recordBatch(Array.from({ length: 10 }, () => ({ value: heavy }))));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(1);
  });

  describe('with threads for pages', () => {
    const page = `<!doctype html>${' '.repeat(100_000)}`;

    it('keeps the order of the records, whichever is ready first', async () => {
      const sent: OutgoingRecord[][] = [];
      const asked: ConsumedRecord[] = [];
      const batch = recordBatch([
        { key: SLOW_PAGE, value: page },
        { value: TEXT },
        { key: 'https://harbour-news.example/quick', value: page },
        { value: TEXT },
      ]);
      const { failures } = await handlerInto(sent, heavyParser(asked)).handle(batch);
      expect(asked.map(({ offset }) => offset)).toEqual([0n, 2n]);
      expect(failures.map(({ record, code }) => [record.offset, code])).toEqual([
        [0n, 'PARSE_TIMEOUT'],
        [2n, 'PARSE_TIMEOUT'],
      ]);
      const steps = (sent[0] ?? []).filter(({ topic }) => topic === TOPIC.trail);
      expect(steps.map(({ value }) => String(value))).toEqual([
        expect.stringContaining('articles.raw/0/1'),
        expect.stringContaining('articles.raw/0/3'),
      ]);
    });

    it('publishes nothing of a chunk of which a page brought its worker down', async () => {
      const sent: OutgoingRecord[][] = [];
      const crash = new Error('out of memory');
      const batch = recordBatch([{ value: TEXT }, { value: page }]);
      await expect(handlerInto(sent, heavyParser([], crash)).handle(batch)).rejects.toBe(crash);
      expect(sent).toEqual([]);
    });
  });
});
