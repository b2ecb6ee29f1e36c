import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type RecordParts,
  recordBatchBytes,
  recordBytes,
} from '../contract/record-batch.builder.ts';
import { decodeRecordBatches } from './record-batch.decoder.ts';

const LIMITS = {
  softBytes: 10_000,
  maxBatchBytes: 20_000,
  maxBatchRecords: 50,
  maxRecordHeaders: 5,
};
const GZIP = 1;
const SNAPPY = 2;
const CONTROL = 0x20;
const LOG_APPEND_TIME = 0x08;

function batchOf(records: readonly RecordParts[], firstOffset = 0n): Buffer {
  return recordBatchBytes({
    firstOffset,
    count: records.length,
    lastOffsetDelta: Math.max(0, ...records.map(({ offsetDelta }) => offsetDelta)),
    payload: recordBytes(records),
  });
}

function values(count: number): RecordParts[] {
  return Array.from({ length: count }, (_, offsetDelta) => ({
    offsetDelta,
    value: Buffer.from(String(offsetDelta)),
  }));
}

/** What a test wants to see of a message: its offset, or the range that could not be read. */
async function summarize(bytes: Buffer): Promise<readonly string[]> {
  const messages = await decodeRecordBatches(bytes, LIMITS);
  return messages.map(({ content, offset }) => {
    if (content === null) return `nothing up to ${offset}`;
    if (!('lastOffset' in content)) return String(content.offset);
    return `undecodable ${content.firstOffset}-${content.lastOffset}`;
  });
}

describe('the decoder of fetched batches', () => {
  it('reads what was written, whatever the bytes', async () => {
    const bytes = fc.option(fc.uint8Array({ maxLength: 50 }).map((one) => Buffer.from(one)));
    const header = fc.tuple(
      fc.string(),
      fc.uint8Array().map((one) => Buffer.from(one)),
    );
    const record = fc.record({
      key: bytes,
      value: bytes,
      headers: fc.array(header, { maxLength: 5 }),
      timestampDeltaMs: fc.integer({ min: 0, max: 2 ** 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 10 }), async (given) => {
        const records = given.map((one, offsetDelta) => ({ ...one, offsetDelta }));
        const messages = await decodeRecordBatches(batchOf(records, 7n), LIMITS);
        expect(messages.map(({ content }) => content)).toEqual(
          records.map(({ key, value, headers, offsetDelta, timestampDeltaMs }) => ({
            offset: 7n + BigInt(offsetDelta),
            key,
            value,
            timestampMs: timestampDeltaMs,
            headers: new Map(
              headers.map(([name]) => [
                name,
                headers.filter(([other]) => other === name).map(([, one]) => one),
              ]),
            ),
          })),
        );
      }),
    );
  });

  it('never throws and never skips an offset silently, whatever bytes a batch holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat({ max: 5 }),
        fc.nat({ max: 60 }),
        async (payload, attributes, lastOffsetDelta) => {
          const count = lastOffsetDelta + 1;
          const bytes = recordBatchBytes({
            attributes,
            lastOffsetDelta,
            count,
            payload: Buffer.from(payload),
          });
          const messages = await decodeRecordBatches(bytes, LIMITS);
          const last = messages.at(-1);
          expect(Number(last?.offset)).toBeLessThanOrEqual(lastOffsetDelta);
          const isWhole = messages.every(
            ({ content }) => content !== null && !('error' in content),
          );
          if (!isWhole) expect(Number(last?.offset)).toBe(lastOffsetDelta);
        },
      ),
    );
  });

  it('keeps the good records before the place where a batch breaks', async () => {
    const payload = Buffer.concat([recordBytes(values(3)), Buffer.from([0x7e, 1, 2])]);
    const bytes = recordBatchBytes({ firstOffset: 10n, count: 5, lastOffsetDelta: 4, payload });
    expect(await summarize(bytes)).toEqual(['10', '11', '12', 'undecodable 13-14']);
  });

  it('keeps the batches around one that cannot be inflated', async () => {
    const broken = recordBatchBytes({
      firstOffset: 2n,
      count: 3,
      lastOffsetDelta: 2,
      attributes: SNAPPY,
      payload: Buffer.from('no snappy at all'),
    });
    const bytes = Buffer.concat([batchOf(values(2)), broken, batchOf(values(1), 5n)]);
    expect(await summarize(bytes)).toEqual(['0', '1', 'undecodable 2-4', '5']);
  });

  it('refuses a batch that inflates beyond its limit', async () => {
    const payload = gzipSync(recordBytes([{ offsetDelta: 0, value: Buffer.alloc(30_000) }]));
    const bytes = recordBatchBytes({ attributes: GZIP, payload });
    expect(await summarize(bytes)).toEqual(['undecodable 0-0']);
  });

  it('refuses a batch that says to hold more records than anyone sends', async () => {
    const payload = recordBytes(values(1));
    const bytes = recordBatchBytes({ count: 2 ** 31 - 1, lastOffsetDelta: 9, payload });
    expect(await summarize(bytes)).toEqual(['undecodable 0-9']);
  });

  it('gives up one record with too many headers and keeps its neighbours', async () => {
    const [first, second, third] = values(3);
    const headers = Array.from({ length: 6 }, () => ['x', Buffer.from('y')] as const);
    const records = [first, { ...second, offsetDelta: 1, headers }, third].flatMap((one) =>
      one === undefined ? [] : [one as RecordParts],
    );
    expect(await summarize(batchOf(records))).toEqual(['0', 'undecodable 1-1', '2']);
  });

  it('stops decoding behind the batch that fills a fetch, and before one that is cut off', async () => {
    const big = batchOf([{ offsetDelta: 0, value: Buffer.alloc(12_000) }]);
    const cut = batchOf(values(1), 1n).subarray(0, 63);
    expect(await summarize(Buffer.concat([big, batchOf(values(1), 1n)]))).toEqual(['0']);
    expect(await summarize(Buffer.concat([batchOf(values(1)), cut]))).toEqual(['0']);
  });

  it('takes the append time where the broker sets it', async () => {
    const payload = recordBytes([{ offsetDelta: 0, timestampDeltaMs: 5 }]);
    const times = { firstTimestampMs: 1_000n, maxTimestampMs: 9_000n };
    const appended = recordBatchBytes({ ...times, payload, attributes: LOG_APPEND_TIME });
    const created = recordBatchBytes({ ...times, payload });
    const [first] = await decodeRecordBatches(appended);
    const [second] = await decodeRecordBatches(created);
    expect([first?.content?.timestampMs, second?.content?.timestampMs]).toEqual([9_000, 1_005]);
  });

  it('hands control records and empty batches to kafkajs as what it filters out', async () => {
    const control = recordBatchBytes({ attributes: CONTROL, payload: recordBytes(values(1)) });
    const empty = recordBatchBytes({
      firstOffset: 1n,
      count: 0,
      lastOffsetDelta: 4,
      payload: Buffer.alloc(0),
    });
    const messages = await decodeRecordBatches(Buffer.concat([control, empty]), LIMITS);
    expect(messages.map(({ isControlRecord }) => isControlRecord)).toEqual([true, true]);
    expect(await summarize(empty)).toEqual(['nothing up to 5']);
  });

  it('moves past a batch that says to end before it begins', async () => {
    const bytes = recordBatchBytes({ lastOffsetDelta: -5, payload: Buffer.from('no records') });
    expect(await summarize(bytes)).toEqual(['undecodable 0-0']);
  });

  it('gives up a batch whose checksum is wrong, and no record of the next one', async () => {
    const broken = Buffer.from(batchOf(values(3)));
    broken.writeInt32BE(900, 23);
    const bytes = Buffer.concat([broken, batchOf(values(1), 3n)]);
    expect(await summarize(bytes)).toEqual(['undecodable 0-2', '3']);
  });

  it('reports a batch of an old format instead of reading it', async () => {
    const bytes = recordBatchBytes({ firstOffset: 3n, format: 1, payload: recordBytes(values(1)) });
    expect(await summarize(bytes)).toEqual(['undecodable 3-3']);
  });
});
