import { gzipSync, brotliCompressSync, zstdCompressSync } from 'node:zlib';
import { addressId, contentId } from '@broadsheet/article';
import { TrailEvent } from '@broadsheet/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { BytesInHand } from './bytes-in-hand.ts';
import { PushAnswer } from './push-article.controller.ts';

const TEXT = `Harbour Town: The bridge is open again.\n\n${'Traffic flows. '.repeat(20)}`;
const URL_PUSHED = 'https://news.example/2024/bridge';

let gateway: GatewayUnderTest;

beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.app.close());

function push(payload: string | Buffer, contentType: string, more: Record<string, unknown> = {}) {
  const { headers, ...rest } = { headers: {}, ...more };
  return gateway.app.inject({
    method: 'POST',
    url: '/api/v1/articles',
    headers: { host: 'localhost:8080', 'content-type': contentType, ...(headers as object) },
    payload,
    ...rest,
  });
}

function codeOf(answer: { json: () => unknown }): string {
  return (answer.json() as { code: string }).code;
}

describe('pushing an article', () => {
  it('answers with the id of the address and puts the JSON on the log as it came', async () => {
    const body = JSON.stringify({ url: URL_PUSHED, content: TEXT });
    const answer = await push(body, 'application/json');
    expect(answer.statusCode).toBe(202);
    const accepted = PushAnswer.parse(answer.json());
    const id = addressId(URL_PUSHED);
    expect(accepted).toEqual({ id, url: URL_PUSHED, trail: `/api/v1/articles/${id}/trail` });
    const [record] = gateway.log.on('articles.raw');
    expect(record?.key).toBe(URL_PUSHED);
    expect(String(record?.value)).toBe(body);
    expect(record?.headers).toMatchObject({
      'content-type': 'application/json',
      ce_type: 'broadsheet.article.raw.v1',
    });
  });

  it('keeps the bytes of a page and its charset', async () => {
    const page = Buffer.from('<html><title>\xcf\xf0\xe8\xe2\xe5\xf2</title></html>', 'latin1');
    const answer = await push(page, 'text/html; charset=windows-1251', {
      query: { url: URL_PUSHED },
      headers: { traceparent: `00-${'ab'.repeat(16)}-${'12'.repeat(8)}-01` },
    });
    expect(answer.statusCode).toBe(202);
    const [record] = gateway.log.on('articles.raw');
    expect(record?.value).toEqual(page);
    expect(record?.headers).toMatchObject({
      'content-type': 'text/html; charset=windows-1251',
      ce_subject: URL_PUSHED,
      traceparent: `00-${'ab'.repeat(16)}-${'12'.repeat(8)}-01`,
    });
  });

  it('names a text without address by its decoded content', async () => {
    const plain = await push(TEXT, 'text/plain');
    const utf16 = await push(Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'text/plain');
    const json = await push(JSON.stringify({ content: TEXT }), 'application/json');
    for (const answer of [plain, utf16, json]) {
      expect(answer.json()).toMatchObject({ id: contentId(TEXT), url: null });
    }
  });

  it('takes a structured CloudEvent as it is', async () => {
    const event = {
      specversion: '1.0',
      id: '1',
      source: '/spec',
      type: 'any.thing',
      subject: URL_PUSHED,
      datacontenttype: 'text/plain',
      data: TEXT,
    };
    const answer = await push(JSON.stringify(event), 'application/cloudevents+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ id: addressId(URL_PUSHED) });
    expect(gateway.log.on('articles.raw')[0]?.headers).toEqual({
      'content-type': 'application/cloudevents+json',
    });
  });

  it('tells the trail where the record landed', async () => {
    await push(TEXT, 'text/plain');
    await vi.waitFor(() => expect(gateway.log.on('articles.trail')).toHaveLength(1));
    const [record] = gateway.log.on('articles.trail');
    const event = TrailEvent.parse(JSON.parse(String(record?.value)));
    expect(event).toMatchObject({
      step: 'accepted',
      service: 'gateway',
      subject: contentId(TEXT),
      record: 'articles.raw/0/0',
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('reads a body in %s', async (encoding, compress) => {
    const headers = { 'content-encoding': encoding };
    const answer = await push(compress(Buffer.from(TEXT)), 'text/plain', { headers });
    expect(answer.json()).toMatchObject({ id: contentId(TEXT) });
    expect(String(gateway.log.on('articles.raw')[0]?.value)).toBe(TEXT);
  });
});

describe('a push that is no article', () => {
  it.each([
    ['{"url":', 'application/json', 400, 'JSON_INVALID'],
    ['{"content":1}', 'application/json', 422, 'RAW_ARTICLE_INVALID'],
    ['[]', 'application/json', 422, 'RAW_ARTICLE_INVALID'],
    [`${'['.repeat(100_000)}`, 'application/json', 422, 'TOO_DEEP'],
    ['{"url":"ftp://x/y","content":"z"}', 'application/json', 422, 'URL_INVALID'],
    ['{}', 'application/cloudevents+json', 422, 'CLOUD_EVENT_INVALID'],
    ['a=b', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_TYPE'],
    ['x', 'image/png', 415, 'UNSUPPORTED_TYPE'],
    ['', 'text/plain', 400, 'EMPTY_VALUE'],
  ])('%#: says what is wrong with %.12s as %s', async (body, type, status, code) => {
    const answer = await push(body, type);
    expect([answer.statusCode, codeOf(answer)]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(gateway.log.records).toEqual([]);
  });

  it('is refused without type and body', async () => {
    const answer = await gateway.app.inject({
      method: 'POST',
      url: '/api/v1/articles',
      headers: { host: 'localhost' },
    });
    expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'EMPTY_VALUE']);
  });

  it('is refused where the query names what the route does not know', async () => {
    const answer = await push(TEXT, 'text/plain', { query: { link: URL_PUSHED } });
    expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'PARAMETER_UNKNOWN']);
  });

  it('is refused above 8 MiB, at 8 MiB it is not', async () => {
    const limit = 8 * 1024 * 1024;
    const atLimit = await push(Buffer.alloc(limit, 'x'), 'text/plain');
    expect(atLimit.statusCode).toBe(202);
    const above = await push(Buffer.alloc(limit + 1, 'x'), 'text/plain');
    expect([above.statusCode, codeOf(above)]).toEqual([413, 'TOO_LARGE']);
  });

  it('is refused where a small body inflates beyond 8 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024));
    const answer = await push(bomb, 'text/plain', { headers: { 'content-encoding': 'gzip' } });
    expect([answer.statusCode, codeOf(answer)]).toEqual([413, 'TOO_LARGE']);
  });

  it.each(['gzip', 'deflate', 'br', 'zstd'])('is refused where it is not %s', async (encoding) => {
    const answer = await push('not compressed at all', 'text/plain', {
      headers: { 'content-encoding': encoding },
    });
    expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'CONTENT_ENCODING_INVALID']);
  });

  it('is refused where its gzip ends too early, and in unknown encodings', async () => {
    const half = gzipSync(Buffer.from(TEXT.repeat(50))).subarray(0, 60);
    const cut = await push(half, 'text/plain', { headers: { 'content-encoding': 'gzip' } });
    expect([cut.statusCode, codeOf(cut)]).toEqual([400, 'CONTENT_ENCODING_INVALID']);
    const odd = await push(TEXT, 'text/plain', { headers: { 'content-encoding': 'lzma' } });
    expect([odd.statusCode, codeOf(odd)]).toEqual([415, 'CONTENT_ENCODING_UNSUPPORTED']);
  });
});

describe('a push that cannot be taken at present', () => {
  it('is told to come back when the broker does not acknowledge', async () => {
    gateway.log.failure = new Error('connect ECONNREFUSED 10.1.2.3:9092');
    const answer = await push(TEXT, 'text/plain');
    expect([answer.statusCode, codeOf(answer)]).toEqual([503, 'BROKER_UNAVAILABLE']);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.body).not.toContain('10.1.2.3');
  });

  it('is told so when the topic cannot take so large a record', async () => {
    gateway.log.failure = Object.assign(new Error('too large'), { code: 'TOO_LARGE' });
    const answer = await push(TEXT, 'text/plain');
    expect([answer.statusCode, codeOf(answer)]).toEqual([413, 'TOO_LARGE']);
  });

  it.each([
    ['/api/v1/articles', 'text/plain', TEXT, 202],
    ['/api/v1/articles/batch', 'application/x-ndjson', '', 200],
    ['/api/v1/import', 'application/x-ndjson', '', 200],
  ])('is told to come back when others hold all memory: %s', async (url, type, payload, status) => {
    const hold = gateway.app.get(BytesInHand).hold();
    hold.add(128 * 1024 * 1024);
    const request = {
      method: 'POST' as const,
      url,
      headers: { host: 'localhost:8080', 'content-type': type },
      payload,
    };
    const refused = await gateway.app.inject(request);
    expect([refused.statusCode, codeOf(refused)]).toEqual([503, 'PUSHES_EXHAUSTED']);
    expect(refused.headers['retry-after']).toBe('1');
    hold.release();
    for (let n = 0; n < 20; n += 1) {
      expect((await gateway.app.inject(request)).statusCode).toBe(status);
    }
  });

  it('is told to come back when the pipeline lags too far behind', async () => {
    gateway.lagSeconds = 61;
    await push(TEXT, 'text/plain');
    await vi.waitFor(async () => {
      const answer = await push(TEXT, 'text/plain');
      expect([answer.statusCode, codeOf(answer)]).toEqual([503, 'INGEST_LAGGING']);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    });
  });
});
