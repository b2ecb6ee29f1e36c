import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeProduceRequest } from './produce-request.encoder.ts';
import { decodeRecordBatches } from './record-batch.decoder.ts';
import {
  type BatchCodec,
  type EncodableRecord,
  encodeRecordBatch,
} from './record-batch.encoder.ts';

const NOW_MS = 1_790_000_000_000;
const ORIGIN = { producerId: -1n, producerEpoch: 0, firstSequence: 0, isTransactional: false };
const GZIP: BatchCodec = { number: 1, compress: async (bytes) => gzipSync(bytes) };

const bytes = fc.uint8Array({ maxLength: 300 }).map((one) => Buffer.from(one));
const value = fc.oneof(bytes, fc.string({ unit: 'binary' }));
const headers = fc.dictionary(
  // A JavaScript object puts names that are whole numbers first.
  fc.string({ unit: 'grapheme' }).filter((name) => !/^\d+$/.test(name) && name !== '__proto__'),
  fc.oneof(value, fc.array(value, { maxLength: 3 })),
  { maxKeys: 4 },
);
const record = fc.record({
  key: fc.option(value, { nil: null }),
  value: fc.option(value, { nil: null }),
  headers,
});

function asBytes(one: Buffer | string | null | undefined): Buffer | null {
  if (one === null || one === undefined) return null;
  return Buffer.from(one);
}

function headerLists(given: EncodableRecord['headers']): Map<string, (Buffer | null)[]> {
  const lists = Object.entries(given ?? {}).map(([name, one]) => {
    const values = typeof one === 'string' || Buffer.isBuffer(one) ? [one] : [...(one ?? [])];
    return [name, values.map(asBytes)] as const;
  });
  return new Map(lists.filter(([, values]) => values.length > 0));
}

describe('a batch that is written here', () => {
  it.each([
    ['plain', null],
    ['compressed', GZIP],
  ])('is read back as it was, %s', async (_, codec) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
        const batch = Buffer.concat(await encodeRecordBatch(records, ORIGIN, codec, NOW_MS));
        const messages = await decodeRecordBatches(batch);
        expect(messages.map(({ content }) => content)).toEqual(
          records.map((one, index) => ({
            offset: BigInt(index),
            key: asBytes(one.key),
            value: asBytes(one.value),
            headers: headerLists(one.headers),
            timestampMs: NOW_MS,
          })),
        );
      }),
    );
  });

  it('keeps the time of each record, before and after that of the first', async () => {
    const times = [NOW_MS, NOW_MS - 5_000, NOW_MS + 2 ** 33];
    const records = times.map((timeMs) => ({ value: 'x', timestamp: String(timeMs) }));
    const batch = Buffer.concat(await encodeRecordBatch(records, ORIGIN, null, 0));
    const messages = await decodeRecordBatches(batch);
    expect(messages.map(({ content }) => content?.timestampMs)).toEqual(times);
  });

  it('is refused by its reader once a bit of it is changed', async () => {
    const records = [{ value: 'An article about a river.' }, { value: 'And about its mouth.' }];
    const good = Buffer.concat(await encodeRecordBatch(records, ORIGIN, null, NOW_MS));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 21, max: good.length - 1 }),
        fc.nat(7),
        async (at, bit) => {
          const bad = Buffer.from(good);
          bad[at] = (bad[at] ?? 0) ^ (1 << bit);
          const messages = await decodeRecordBatches(bad);
          expect(messages).toHaveLength(1);
          expect(messages[0]?.content).toHaveProperty('error.code', 'BATCH_UNDECODABLE');
        },
      ),
    );
  });
});

interface KafkajsRequest {
  encode(): Promise<{ readonly buffer: Buffer }>;
}

/** kafkajs' own encoder: this file loads it where nothing has replaced it. */
const kafkajsRequest = createRequire(import.meta.url)(
  'kafkajs/src/protocol/requests/produce/v3/request',
) as (request: object) => KafkajsRequest;

describe('a Produce request that is written here', () => {
  it('is that of kafkajs, byte for byte', async () => {
    const timed = fc.tuple(record, fc.nat(1_000)).map(([one, laterMs]) => ({
      ...one,
      headers: Object.fromEntries(
        [...headerLists(one.headers)].map(([name, values]) => [name, values]),
      ),
      timestamp: String(NOW_MS + laterMs),
    }));
    const messages = fc
      .array(timed, { minLength: 1, maxLength: 6 })
      .map((list) => list.toSorted((a, b) => Number(a.timestamp) - Number(b.timestamp)));
    const partition = fc.record({ partition: fc.nat(50), messages, firstSequence: fc.nat(9) });
    const topic = fc.record({
      topic: fc.string(),
      partitions: fc.array(partition, { minLength: 1, maxLength: 3 }),
    });
    const request = fc.record({
      acks: fc.constantFrom(-1, 1),
      timeout: fc.nat(),
      transactionalId: fc.option(fc.string({ minLength: 1 })),
      producerEpoch: fc.nat(99),
      topicData: fc.array(topic, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const ours = Buffer.concat(await encodeProduceRequest(given as never, null, NOW_MS));
        const { buffer: theirs } = await kafkajsRequest(given).encode();
        expect(ours.equals(theirs)).toBe(true);
      }),
    );
  });
});
