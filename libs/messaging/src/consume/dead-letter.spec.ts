import { describe, expect, it } from 'vitest';
import type { ConsumedRecord, OutgoingRecord } from '../log.port.ts';
import { measureRecordBytes } from '../produce/record-size.ts';
import { type DeadLetterContext, deadLetterTopicOf, toDeadLetter } from './dead-letter.ts';

const CONTEXT: DeadLetterContext = {
  groupId: 'parser',
  stage: 'parser',
  serviceVersion: '1.2.3',
  code: 'NOT_TEXT',
  error: new TypeError('not text'),
  attempts: 3,
  firstFailedAtMs: 0,
  maxRecordBytes: 100_000,
};

function recordWith(parts: Partial<ConsumedRecord>): ConsumedRecord {
  const place = { topic: 'articles.raw', partition: 4, offset: 2n ** 60n, timestampMs: 17 };
  return { ...place, key: null, value: null, headers: new Map(), ...parts };
}

function header(letter: OutgoingRecord, name: string): string | undefined {
  return [letter.headers[name] ?? []].flat().at(-1)?.toString();
}

describe('a dead letter', () => {
  it('goes to the dead letters of its topic and group', () => {
    expect(deadLetterTopicOf('articles.raw', 'parser')).toBe('articles.raw.parser.dlq');
  });

  it('of a dead letter goes to those of the trail, and from there nowhere', () => {
    const trail = 'articles.trail.indexer-trail.dlq';
    expect(deadLetterTopicOf('articles.raw.parser.dlq', 'indexer-trail')).toBe(trail);
    expect(deadLetterTopicOf(trail, 'indexer-trail')).toBeNull();
  });

  it('says where it comes from, who gave up, why, and after how many tries', () => {
    const letter = toDeadLetter('x.dlq', recordWith({}), CONTEXT);
    const { 'dlq.error-stack': stack, ...reasons } = Object.fromEntries(
      Object.keys(letter.headers).map((name) => [name, header(letter, name)]),
    );
    expect(stack).toContain('dead-letter.spec');
    expect(reasons).toEqual({
      'dlq.topic': 'articles.raw',
      'dlq.partition': '4',
      'dlq.offset': '1152921504606846976',
      'dlq.timestamp': '17',
      'dlq.group': 'parser',
      'dlq.stage': 'parser',
      'dlq.service-version': '1.2.3',
      'dlq.code': 'NOT_TEXT',
      'dlq.error-class': 'TypeError',
      'dlq.error-message': 'not text',
      'dlq.attempts': '3',
      'dlq.first-failed-at': '1970-01-01T00:00:00.000Z',
      'dlq.retriable': 'false',
    });
  });

  it('keeps every header of its record, also one with a treacherous name', () => {
    const headers = new Map([['__proto__', [Buffer.from('a'), Buffer.from([0xff])]]]);
    const letter = toDeadLetter('x.dlq', recordWith({ headers }), CONTEXT);
    expect(Object.entries(letter.headers).find(([name]) => name === '__proto__')?.[1]).toEqual(
      headers.get('__proto__'),
    );
  });

  it('of a replayed record keeps the earlier reasons before the new ones', () => {
    const headers = new Map([['dlq.code', [Buffer.from('HANDLER_FAILED')]]]);
    const letter = toDeadLetter('x.dlq', recordWith({ headers }), CONTEXT);
    expect([letter.headers['dlq.code'] ?? []].flat().map(String)).toEqual([
      'HANDLER_FAILED',
      'NOT_TEXT',
    ]);
  });

  it('cuts a long message and stack, never within a character', () => {
    const error = new Error('€'.repeat(5_000));
    const letter = toDeadLetter('x.dlq', recordWith({}), { ...CONTEXT, error });
    const message = header(letter, 'dlq.error-message') ?? '';
    expect(message).toBe('€'.repeat(341));
    const stack = header(letter, 'dlq.error-stack') ?? '';
    expect(Buffer.byteLength(stack)).toBeLessThanOrEqual(4_096);
  });

  it('cuts the value that would outgrow the topic, and says how long it was', () => {
    const record = recordWith({ value: Buffer.alloc(200_000, 'a'), key: Buffer.from('key') });
    const letter = toDeadLetter('x.dlq', record, CONTEXT);
    expect(measureRecordBytes(letter)).toBe(CONTEXT.maxRecordBytes);
    expect(header(letter, 'dlq.value-truncated')).toBe('200000');
    expect(letter.key).toEqual(Buffer.from('key'));
  });

  it('leaves key and headers behind when those alone would outgrow the topic', () => {
    const headers = new Map([['large', [Buffer.alloc(200_000)]]]);
    const record = recordWith({ headers, key: Buffer.from('key'), value: Buffer.from('text') });
    const letter = toDeadLetter('x.dlq', record, CONTEXT);
    expect([letter.key, letter.value, header(letter, 'large')]).toEqual([null, null, undefined]);
    expect(header(letter, 'dlq.value-truncated')).toBe('4');
    expect(header(letter, 'dlq.offset')).toBe('1152921504606846976');
  });
});
