import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BatchResult } from './answer-batch.ts';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';

const MIB = 1024 * 1024;

let gateway: GatewayUnderTest;
let port: number;

beforeEach(async () => {
  gateway = await startGateway();
  await gateway.app.listen(0, '127.0.0.1');
  port = (gateway.app.getHttpServer().address() as AddressInfo).port;
});
afterEach(() => gateway.app.close());

interface Answer {
  readonly status: number;
  readonly body: string;
}

function post(path: string, contentType: string, body: Readable): Promise<Answer> {
  const headers = { 'content-type': contentType };
  return new Promise((resolve, reject) => {
    const sending = request({ port, path, method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => {
        // Node's client never goes on with a body whose answer has already ended.
        sending.destroy();
        resolve({ status: answer.statusCode ?? 0, body: text });
      });
      answer.on('error', reject);
    });
    sending.on('error', reject);
    body.pipe(sending);
  });
}

/** Throws where a line is not as documented. */
function resultsOf(answer: Answer) {
  const lines = answer.body.split('\n').filter((line) => line !== '');
  return lines.map((line) => BatchResult.parse(JSON.parse(line)));
}

function codesOf(answer: Answer): readonly string[] {
  return resultsOf(answer).map((one) => (one.status === 'rejected' ? one.code : one.status));
}

function* megabytes(count: number): Generator<Buffer> {
  for (let sent = 0; sent < count; sent += 1) yield Buffer.alloc(MIB, 'x');
}

describe('a push over a real connection', () => {
  it('of 20 MB is answered 413 by a gateway that lives on', async () => {
    const answer = await post('/api/v1/articles', 'text/plain', Readable.from(megabytes(20)));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'TOO_LARGE' });
    const after = await post('/api/v1/articles', 'text/plain', Readable.from(megabytes(1)));
    expect(after.status).toBe(202);
  });

  it('of 20 MB to a route that is not there is answered too', async () => {
    const answer = await post('/api/v1/nothing', 'text/plain', Readable.from(megabytes(20)));
    expect(answer.status).toBe(404);
  });
});

describe('a batch over a real connection', () => {
  it('answers every line in order and lets bad ones stop nobody', async () => {
    const good = (index: number) => `{"url":"https://news.example/${index}","content":"text"}\n`;
    const lines = Array.from({ length: 1_000 }, (_, index) =>
      index % 10 === 3 ? '{"broken\n' : good(index),
    );
    const answer = await post(
      '/api/v1/articles/batch',
      'application/x-ndjson',
      Readable.from(lines),
    );
    expect(answer.status).toBe(200);
    const results = resultsOf(answer);
    expect(results.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(100);
    expect(results[3]).toMatchObject({ code: 'JSON_INVALID' });
    expect(gateway.log.on('articles.raw')).toHaveLength(900);
  });

  it('drops a line of 20 MB and takes its neighbours', async () => {
    function* body(): Generator<string | Buffer> {
      yield '{"content":"first"}\n{"content":"';
      yield* megabytes(20);
      yield '"}\n{"content":"last"}';
    }
    const answer = await post(
      '/api/v1/articles/batch',
      'application/x-ndjson',
      Readable.from(body()),
    );
    expect(codesOf(answer)).toEqual(['accepted', 'TOO_LARGE', 'accepted']);
  });

  it('says of every line that the broker is away', async () => {
    gateway.log.failure = new Error('away');
    const answer = await post(
      '/api/v1/articles/batch',
      'application/x-ndjson',
      Readable.from(['{"content":"a"}\n{"content":"b"}\n']),
    );
    expect(codesOf(answer)).toEqual(['BROKER_UNAVAILABLE', 'BROKER_UNAVAILABLE']);
  });

  it('is refused as another type than NDJSON', async () => {
    const answer = await post('/api/v1/articles/batch', 'application/json', Readable.from(['{}']));
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      415,
      { code: 'UNSUPPORTED_TYPE' },
    ]);
  });

  it('of a sender that goes away ends without harm', async () => {
    const sending = request({
      port,
      path: '/api/v1/articles/batch',
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    sending.on('error', () => undefined);
    sending.write('{"content":"a"}\n{"content":');
    await new Promise((resolve) => sending.once('response', resolve));
    sending.destroy();
    const answer = await post('/api/v1/articles', 'text/plain', Readable.from(['still here']));
    expect(answer.status).toBe(202);
  });
});
