import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';
import { selfSignedCertificate } from '@broadsheet/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FetchOutcome } from './fetch-outcome.ts';
import { HttpClient, type FetchRequest, type HttpClientSettings } from './http-client.ts';
import { NO_PRIVATE_ACCESS, parsePrivateAccess } from './private-access.ts';

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

const PAGE = '<p>Grüße aus der Redaktion</p>';
const HOST = 'news.example';
const certificate = selfSignedCertificate(HOST);

let server: Http2SecureServer;
let port: number;
let client: HttpClient;
let versions: string[];
let answers: Map<string, Answer>;

const page: Answer = (_request, response) => response.end(PAGE);

beforeAll(async () => {
  tls.setDefaultCACertificates([certificate.cert]);
  server = createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) => {
    versions.push(request.httpVersion);
    request.stream?.on('error', () => undefined);
    (answers.get(request.url) ?? page)(request, response);
  });
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.close();
});

beforeEach(() => {
  versions = [];
  answers = new Map();
});

afterEach(() => client.close());

function clientWith(settings: Partial<HttpClientSettings>): HttpClient {
  return new HttpClient({
    userAgent: 'test',
    privateAccess: parsePrivateAccess(HOST),
    resolve: () => Promise.resolve(['127.0.0.1']),
    ...settings,
  });
}

function get(path: string, request: Partial<FetchRequest> = {}): Promise<FetchOutcome> {
  return client.fetch({
    url: `https://${HOST}:${port}${path}`,
    accept: 'text/html',
    maxBodyBytes: 100_000,
    deadlineMs: 5_000,
    ...request,
  });
}

function textOf(outcome: FetchOutcome): string {
  return outcome.kind === 'fetched' ? Buffer.from(outcome.body).toString('utf8') : outcome.kind;
}

describe.each([
  ['HTTP/1.1', false, '1.1'],
  ['HTTP/2', true, '2.0'],
])('over TLS, %s', (_name, http2, version) => {
  beforeEach(() => {
    client = clientWith({ http2 });
  });

  /** Whatever came before, the next exchange is none the worse for it. */
  async function expectNextIsWell(): Promise<void> {
    expect(textOf(await get('/next'))).toBe(PAGE);
    expect(new Set(versions)).toEqual(new Set([version]));
  }

  it('gives pages, inflated, after redirects and unchanged', async () => {
    answers.set('/zip', (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(PAGE));
    });
    answers.set('/old', (_request, response) => {
      response.writeHead(301, { location: '/zip' }).end();
    });
    answers.set('/same', (_request, response) => {
      response.writeHead(304, { etag: '"1"' }).end();
    });
    expect(textOf(await get('/old'))).toBe(PAGE);
    expect(await get('/same', { etag: '"1"' })).toMatchObject({
      kind: 'not-modified',
      headers: { etag: '"1"' },
    });
    await expectNextIsWell();
  });

  it('reads no body beyond its limit, on the wire or inflated', async () => {
    answers.set('/endless', (_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    answers.set('/bomb', (_request, response) => {
      const bomb = gzipSync(Buffer.alloc(10_000_000));
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(await get('/endless')).toMatchObject({ code: 'BODY_TOO_LARGE' });
    expect(await get('/bomb')).toMatchObject({ code: 'BODY_TOO_LARGE' });
    await expectNextIsWell();
  });

  it('waits for nobody beyond its deadline', async () => {
    answers.set('/silent', () => undefined);
    answers.set('/drip', (_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    for (const path of ['/silent', '/drip']) {
      const outcome = await get(path, { deadlineMs: 300 });
      expect(outcome).toMatchObject({ kind: 'failed', code: 'TIMED_OUT', retry: 'later' });
    }
    await expectNextIsWell();
  });

  it('dials no private address, and believes no other name’s certificate', async () => {
    const closed = clientWith({ http2, privateAccess: NO_PRIVATE_ACCESS });
    const url = `https://${HOST}/`;
    const request = { url, accept: '*/*', maxBodyBytes: 1, deadlineMs: 5_000 };
    expect(await closed.fetch(request)).toMatchObject({ code: 'ADDRESS_REFUSED' });
    await closed.close();
    const other = clientWith({ http2, privateAccess: parsePrivateAccess('other.example') });
    const elsewhere = { ...request, url: `https://other.example:${port}/` };
    expect(await other.fetch(elsewhere)).toMatchObject({ code: 'TLS_FAILED', retry: 'later' });
    await other.close();
    expect(versions).toEqual([]);
  });
});

it('dials few addresses of a name that has many, where none of them answers', async () => {
  let dials = 0;
  const silent = createServer((socket) => {
    dials += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const addresses = Array.from({ length: 50 }, () => '127.0.0.1');
  client = clientWith({ resolve: () => Promise.resolve(addresses) });
  const url = `https://${HOST}:${(silent.address() as AddressInfo).port}/`;
  expect(await get('', { url })).toMatchObject({ kind: 'failed', retry: 'later' });
  expect(dials).toBe(4);
  silent.close();
});

describe('over HTTP/2', () => {
  beforeEach(() => {
    client = clientWith({ http2: true });
  });

  it.each<readonly [string, Answer]>([
    ['refused', ({ stream }) => stream.close(constants.NGHTTP2_REFUSED_STREAM)],
    ['reset', ({ stream }) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
    ['broken off', ({ stream }) => stream.session?.destroy()],
    [
      'told to calm down',
      ({ stream }) => stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM),
    ],
  ])('an exchange that is %s fails for now, and the next goes well', async (_name, answer) => {
    answers.set('/odd', answer);
    const outcome = await get('/odd', { deadlineMs: 1_000 });
    expect(outcome).toMatchObject({ kind: 'failed', retry: 'later' });
    expect(textOf(await get('/next'))).toBe(PAGE);
  });

  it('goes on with a new connection after the server has said goodbye', async () => {
    answers.set('/last', ({ stream }, response) => {
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
      response.end(PAGE);
    });
    for (const path of ['/last', '/next', '/last', '/next']) {
      expect(textOf(await get(path))).toBe(PAGE);
    }
  });

  it('takes no headers without end', async () => {
    answers.set('/headers', (_request, response) => {
      for (let number = 0; number < 100; number += 1) {
        response.setHeader(`x-${number}`, 'y'.repeat(1_000));
      }
      response.end(PAGE);
    });
    expect(await get('/headers')).toMatchObject({ kind: 'failed', retry: 'later' });
    expect(textOf(await get('/next'))).toBe(PAGE);
  });
});
