import { randomBytes } from 'node:crypto';
import {
  GatewayClient,
  openRawTopic,
  type RawRecord,
  type RawTopic,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asAgencyText, story } from './story.ts';

const gateway = new GatewayClient(inject('systemGatewayUrl'));
let raw: RawTopic;

beforeAll(async () => {
  raw = await openRawTopic(inject('systemBrokers'));
});
afterAll(() => raw.close());

const GOOD = 1_000;
const told = asAgencyText(story('hostile'));
const cloudEvent = { ce_specversion: '1.0', ce_id: '1', ce_source: 'x', ce_type: 'x' };

/** What is wrong, the record, the step it must end in, its code. */
const BAD: readonly [string, RawRecord, 'rejected' | 'dead-lettered', string][] = [
  [
    'random bytes',
    { value: Buffer.concat([Buffer.of(0x01), randomBytes(4_095)]) },
    'dead-lettered',
    'NOT_TEXT',
  ],
  [
    'broken JSON',
    { value: '{"url":"https://a.example/x","content":' },
    'dead-lettered',
    'JSON_INVALID',
  ],
  ['JSON of a wrong shape', { value: '{"hello":"world"}' }, 'dead-lettered', 'RAW_ARTICLE_INVALID'],
  [
    'a header that is not UTF-8',
    { value: told, headers: { 'content-type': Buffer.from([0xff, 0xfe, 0x80]) } },
    'dead-lettered',
    'HEADER_INVALID',
  ],
  [
    'a CloudEvent without an id',
    { value: told, headers: { ...cloudEvent, ce_id: '' } },
    'dead-lettered',
    'CLOUD_EVENT_INVALID',
  ],
  ['an empty value', { value: '' }, 'rejected', 'EMPTY_VALUE'],
  ['a tombstone', { key: 'https://news.example.org/gone', value: null }, 'rejected', 'EMPTY_VALUE'],
  ['a text of three words', { value: 'Far too short' }, 'rejected', 'TOO_SHORT'],
  ['JSON nested 100,000 deep', { value: '{"a":'.repeat(100_000) }, 'dead-lettered', 'TOO_DEEP'],
  [
    'a body over 8 MiB',
    { value: 'word '.repeat(1_800_000), headers: { 'content-type': 'text/plain' } },
    'rejected',
    'TOO_LARGE',
  ],
  [
    'a picture',
    { value: randomBytes(512), headers: { 'content-type': 'image/png' } },
    'rejected',
    'UNSUPPORTED_TYPE',
  ],
];

describe('a thousand good records with bad ones among them', () => {
  let records: readonly string[];

  beforeAll(async () => {
    const good = Array.from({ length: GOOD }, (_, n) => ({
      key: `https://news.example.org/mixture/${n}`,
      value: asAgencyText(story(`mixture${n}`)),
    }));
    const stride = Math.floor(GOOD / BAD.length);
    const mixed: RawRecord[] = [];
    good.forEach((record, n) => {
      const bad = n % stride === 0 ? BAD[n / stride] : undefined;
      if (bad !== undefined) mixed.push(bad[1]);
      mixed.push(record);
    });
    const placed = await raw.pushAll(mixed);
    const wanted = new Set(BAD.map(([, record]) => record));
    records = mixed.flatMap((record, n) => (wanted.has(record) ? [placed[n] ?? ''] : []));
  });

  it('all good ones become searchable', async () => {
    await waitFor(() => allFound(), { timeoutMs: 60_000, what: 'all good records', pollMs: 500 });
  });

  it.each(BAD.map(([what, , step, code], n) => [what, step, code, n] as const))(
    '%s is %s with the code %s',
    async (_what, step, code, n) => {
      const record = records[n] ?? '';
      const steps = await waitFor(
        async () => {
          const found = await gateway.trailOfRecord(record);
          return found.some((each) => each.code !== null) ? found : null;
        },
        { timeoutMs: 20_000, what: `a trail of ${record}` },
      );
      expect(steps.map((each) => [each.step, each.code])).toContainEqual([step, code]);
    },
  );
});

async function allFound(): Promise<boolean> {
  const isFound = async (n: number) => {
    const url = `https://news.example.org/mixture/${n}`;
    return (await gateway.search({ url, fields: 'id' })).length === 1;
  };
  for (let first = 0; first < GOOD; first += 50) {
    const found = await Promise.all(Array.from({ length: 50 }, (_, n) => isFound(first + n)));
    if (found.includes(false)) return false;
  }
  return true;
}

describe('hostile content in a good envelope', () => {
  it('a page with 100,000 nested tags costs at most itself', async () => {
    const url = 'https://news.example.org/nested';
    const placed = await raw.push({
      key: url,
      value: `<!doctype html><html><body>${'<div>'.repeat(100_000)}<p>x</p></body></html>`,
    });
    const steps = await waitFor(
      async () => {
        const found = await gateway.trailOfRecord(placed);
        return found.length > 0 ? found : null;
      },
      { timeoutMs: 20_000, what: 'a trail' },
    );
    expect(steps[0]?.step).not.toBe('parsed');
  });

  it('U+0000 in a JSON text is removed and the article is searchable', async () => {
    const url = 'https://news.example.org/nul';
    const content = `${story('nulbyte').title}\u0000\n\n${story('nulbyte').text}`;
    await raw.push({
      value: JSON.stringify({
        url,
        contentType: 'text/html',
        content: `<h1>${story('nulbyte').title}\u0000</h1><p>${content}</p>`,
      }),
    });
    const article = await gateway.findOne({ url });
    expect(article.title).not.toContain('\u0000');
    expect(article.text).not.toContain('\u0000');
  });

  it('a body of 20 MB over HTTP is refused with a code and the gateway goes on', async () => {
    const answer = await gateway.push('a'.repeat(20_000_000), 'text/plain');
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE' });
    const told = story('afterlarge');
    const next = await gateway.push(asAgencyText(told), 'text/plain');
    expect(next.status).toBe(202);
    expect((await gateway.findOne({ q: 'afterlarge' })).title).toBe(told.title);
  });
});
