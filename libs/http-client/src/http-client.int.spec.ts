import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import {
  conditionalAnswer,
  endlessAnswer,
  floodingAnswer,
  headerFloodAnswer,
  rawAnswer,
  silentAnswer,
  SiteServer,
} from '@broadsheet/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FetchOutcome } from './fetch-outcome.ts';
import { HttpClient, type FetchRequest, type HttpClientSettings } from './http-client.ts';
import { parsePrivateAccess } from './private-access.ts';

const LIMIT_BYTES = 100_000;
const CHUNKED_AND_MEASURED =
  'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n';
const PAGE = '<p>Grüße aus der Redaktion</p>';

let site: SiteServer;
let clients: HttpClient[];

beforeEach(async () => {
  site = await SiteServer.start();
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await site.stop();
});

function clientWith(settings: Partial<HttpClientSettings> = {}): HttpClient {
  const client = new HttpClient({
    userAgent: 'Broadsheet/test (+https://contact.example/)',
    privateAccess: parsePrivateAccess('127.0.0.1'),
    ...settings,
  });
  clients.push(client);
  return client;
}

function requestFor(path: string): FetchRequest {
  return {
    url: `${site.origin}${path}`,
    accept: 'text/html',
    maxBodyBytes: LIMIT_BYTES,
    deadlineMs: 5_000,
  };
}

function get(path: string, request: Partial<FetchRequest> = {}): Promise<FetchOutcome> {
  return clientWith().fetch({ ...requestFor(path), ...request });
}

function textOf(outcome: FetchOutcome): string {
  return outcome.kind === 'fetched' ? Buffer.from(outcome.body).toString('utf8') : outcome.kind;
}

describe('an exchange', () => {
  it('says who asks, and gives the bytes, the type and the headers as served', async () => {
    site.on('/a', {
      headers: { 'content-type': 'text/html; charset=utf-8', etag: '"1"' },
      body: PAGE,
    });
    const outcome = await get('/a');
    expect(outcome).toMatchObject({
      kind: 'fetched',
      status: 200,
      contentType: 'text/html; charset=utf-8',
      headers: { etag: '"1"' },
    });
    expect(textOf(outcome)).toBe(PAGE);
    const [request] = site.requests;
    expect(request?.headers).toMatchObject({
      'user-agent': 'Broadsheet/test (+https://contact.example/)',
      accept: 'text/html',
    });
    expect(request?.headers.cookie).toBeUndefined();
  });

  it.each([
    ['gzip', gzipSync(PAGE)],
    ['x-gzip', gzipSync(PAGE)],
    ['deflate', deflateSync(PAGE)],
    ['deflate', deflateRawSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['zstd', zstdCompressSync(PAGE)],
    ['GZIP, Br', brotliCompressSync(gzipSync(PAGE))],
    ['identity', Buffer.from(PAGE)],
  ])('inflates %s', async (coding, body) => {
    site.on('/coded', { headers: { 'content-encoding': coding }, body });
    expect(textOf(await get('/coded'))).toBe(PAGE);
  });

  it.each(['gzip', 'br', 'zstd', 'deflate', 'gzip, gzip', 'utf-8', 'binary', '8bit', 'none'])(
    'takes plain markup that is declared as %s for what it is',
    async (coding) => {
      site.on('/lie', { headers: { 'content-encoding': coding }, body: PAGE });
      expect(textOf(await get('/lie'))).toBe(PAGE);
    },
  );

  const zipped = gzipSync(PAGE);
  const named = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0b11100, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2]),
    Buffer.from('page.html\0a comment\0'),
    deflateRawSync(PAGE),
  ]);
  const wrongSum = Buffer.from(zipped);
  wrongSum[wrongSum.length - 6] = (wrongSum.at(-6) ?? 0) ^ 0xff;

  it.each([
    ['a line end behind it', 'gzip', Buffer.concat([zipped, Buffer.from('\r\n')])],
    ['a comment behind it', 'gzip', Buffer.concat([zipped, Buffer.from('<!-- 0.2 s -->')])],
    ['zeros behind it', 'gzip', Buffer.concat([zipped, Buffer.alloc(512)])],
    ['a wrong checksum', 'gzip', wrongSum],
    ['a long header and no checksum', 'gzip', Buffer.concat([named, Buffer.alloc(8, 1)])],
    ['the name of another coding', 'br', zipped],
    ['the name of another coding', 'deflate', zipped],
    ['a coding more than it has', 'gzip, gzip', zipped],
    ['junk behind it', 'deflate', Buffer.concat([deflateSync(PAGE), Buffer.from('junk')])],
    ['junk behind it', 'zstd', Buffer.concat([zstdCompressSync(PAGE), Buffer.from('junk')])],
  ])('reads a page with %s (%s)', async (_case, coding, body) => {
    site.on('/odd', { headers: { 'content-encoding': coding }, body });
    expect(textOf(await get('/odd'))).toBe(PAGE);
  });

  it('takes no part for the whole that it asked for', async () => {
    site.on('/part', { status: 206, headers: { 'content-range': 'bytes 0-1/9' }, body: 'pa' });
    expect(await get('/part')).toMatchObject({ code: 'HTTP_STATUS', retry: 'later', status: 206 });
  });

  it('gives what a truncated gzip body holds', async () => {
    const whole = gzipSync(Buffer.from(PAGE.repeat(500)), { level: 0 });
    site.on('/cut', { headers: { 'content-encoding': 'gzip' }, body: whole.subarray(0, 5_000) });
    expect(textOf(await get('/cut')).startsWith(PAGE.repeat(10))).toBe(true);
  });

  it('tells corrupt bodies and unknown codings apart', async () => {
    // A gzip header, then a block of the type that does not exist.
    const broken = Buffer.concat([gzipSync(PAGE).subarray(0, 10), Buffer.from([0x07, 0, 0])]);
    site.on('/broken', { headers: { 'content-encoding': 'gzip' }, body: broken });
    site.on('/odd', { headers: { 'content-encoding': 'compress' }, body: PAGE });
    site.on('/deep', { headers: { 'content-encoding': 'gzip, gzip, gzip' }, body: PAGE });
    expect(await get('/broken')).toMatchObject({ kind: 'failed', code: 'BODY_CORRUPT' });
    expect(await get('/odd')).toMatchObject({ kind: 'refused', code: 'ENCODING_REFUSED' });
    expect(await get('/deep')).toMatchObject({ kind: 'refused', code: 'ENCODING_REFUSED' });
  });

  it('gives the beginning of what has no end, where that is enough', async () => {
    const start = PAGE.repeat(10_000).slice(0, LIMIT_BYTES);
    const flood = floodingAnswer(Buffer.from('x'.repeat(LIMIT_BYTES)), {});
    site.on('/flood', flood);
    site.on('/long', { headers: { 'content-length': '300000' }, body: 'x'.repeat(300_000) });
    const body = gzipSync(`${start}${'y'.repeat(1_000_000)}`);
    site.on('/zip', { headers: { 'content-encoding': 'gzip' }, body });
    for (const path of ['/flood', '/long']) {
      const outcome = await get(path, { cutsOff: true });
      expect(textOf(outcome)).toBe('x'.repeat(LIMIT_BYTES));
    }
    const inflated = await get('/zip', { cutsOff: true });
    expect(textOf(inflated).slice(0, 1_000)).toBe(start.slice(0, 1_000));
    expect(inflated).toMatchObject({ body: { byteLength: LIMIT_BYTES } });
  });

  it('sends the validators and takes 304 for an answer', async () => {
    site.on('/feed', conditionalAnswer('"7"', { 'cache-control': 'max-age=60' }, PAGE));
    const since = 'Thu, 15 Jan 2026 12:00:00 GMT';
    const outcome = await get('/feed', { etag: '"7"', lastModified: since });
    expect(outcome).toMatchObject({
      kind: 'not-modified',
      headers: { 'cache-control': 'max-age=60' },
    });
    expect(site.requests[0]?.headers).toMatchObject({
      'if-none-match': '"7"',
      'if-modified-since': since,
    });
  });

  it.each([
    [404, 'never'],
    [410, 'never'],
    [403, 'never'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
    [304, 'never'],
  ])('fails on status %d, to be tried again %s', async (status, retry) => {
    site.on('/status', { status, headers: { 'retry-after': '120' } });
    expect(await get('/status')).toMatchObject({
      kind: 'failed',
      code: 'HTTP_STATUS',
      status,
      retry,
      headers: { 'retry-after': '120' },
    });
  });

  it('says that nobody answers', async () => {
    const url = site.origin;
    await site.stop();
    expect(await get('', { url })).toMatchObject({
      kind: 'failed',
      code: 'CONNECT_FAILED',
      retry: 'later',
    });
    site = await SiteServer.start();
  });

  it('stops with the reason of its caller', async () => {
    site.on('/slow', endlessAnswer(Buffer.from('x'), 50));
    const reason = new Error('the service is stopping');
    const stopping = AbortSignal.timeout(100);
    const controller = new AbortController();
    stopping.addEventListener('abort', () => controller.abort(reason));
    await expect(get('/slow', { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('a redirect', () => {
  it('is followed, relative and in UTF-8, and remembered', async () => {
    const path = '/größe';
    site.on('/old', { status: 301, headers: { location: Buffer.from(path).toString('latin1') } });
    site.on(encodeURI(path), { body: PAGE });
    const to = `${site.origin}${encodeURI(path)}`;
    expect(await get('/old')).toMatchObject({
      kind: 'fetched',
      url: to,
      redirects: [{ status: 301, to }],
    });
  });

  it('in a circle ends', async () => {
    site.on('/a', { status: 302, headers: { location: '/b' } });
    site.on('/b', { status: 302, headers: { location: '/a' } });
    site.on('/self', { status: 301, headers: { location: '/self' } });
    expect(await get('/a')).toMatchObject({ kind: 'refused', code: 'REDIRECT_LOOP' });
    expect(await get('/self')).toMatchObject({ kind: 'refused', code: 'REDIRECT_LOOP' });
    expect(site.requests).toHaveLength(3);
  });

  it('after redirect ends, however many there are', async () => {
    for (let i = 0; i < 40; i += 1) {
      site.on(`/${i}`, { status: 302, headers: { location: `/${i + 1}` } });
    }
    expect(await get('/0')).toMatchObject({ kind: 'refused', code: 'TOO_MANY_REDIRECTS' });
    expect(site.requests).toHaveLength(11);
  });

  it('that may not be followed is given back, and the next exchange goes on from it', async () => {
    site.on('/old', { status: 301, headers: { location: '/between' } });
    site.on('/between', { status: 302, headers: { location: '/new' } });
    site.on('/new', { body: PAGE });
    const request = requestFor('/old');
    const to = (path: string) => `${site.origin}${path}`;
    const mayFollow = (url: string) => Promise.resolve(url === to('/between'));
    const outcome = await clientWith().fetch(request, mayFollow);
    const redirects = [
      { status: 301, to: to('/between') },
      { status: 302, to: to('/new') },
    ];
    expect(outcome).toEqual({ kind: 'redirected', url: to('/new'), redirects });
    expect(site.requestsFor('/new')).toEqual([]);
    expect(await get('/old', { followed: redirects })).toMatchObject({
      kind: 'fetched',
      url: to('/new'),
      redirects,
    });
    expect(site.requests.map(({ path }) => path)).toEqual(['/old', '/between', '/new']);
  });

  it('in a circle or without end is told across exchanges', async () => {
    site.on('/b', { status: 302, headers: { location: '/a' } });
    const followed = [{ status: 302, to: `${site.origin}/b` }];
    expect(await get('/a', { followed })).toMatchObject({ code: 'REDIRECT_LOOP' });
    const many = Array.from({ length: 10 }, () => followed).flat();
    expect(await get('/x', { followed: many })).toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
    expect(await get('/x', { followed, maxRedirects: 1 })).toMatchObject({
      code: 'TOO_MANY_REDIRECTS',
    });
  });

  it('in a circle is told though the part behind # is another each time', async () => {
    site.on('/a', { status: 302, headers: { location: '/b#1' } });
    site.on('/b', { status: 302, headers: { location: '/a#2' } });
    expect(await get('/a#0')).toMatchObject({ code: 'REDIRECT_LOOP' });
    expect(site.requests).toHaveLength(2);
  });

  it.each([
    [302, ' '],
    [302, undefined],
    [300, '/page'],
    [304, '/page'],
    [305, '/page'],
    [306, '/page'],
  ])('is none where it is %s to %j', async (status, location) => {
    site.on('/odd', { status, headers: location === undefined ? {} : { location } });
    expect(await get('/odd')).toMatchObject({ kind: 'failed', code: 'HTTP_STATUS', status });
  });

  it('to what must not be reached is refused, not given back', async () => {
    site.on('/in', { status: 302, headers: { location: 'http://10.0.0.1/' } });
    const outcome = await clientWith().fetch(requestFor('/in'), () => Promise.resolve(false));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'ADDRESS_REFUSED' });
  });

  it('holds its connection no longer than the deadline, whatever it drips', async () => {
    const { promise: left, resolve: onLeft } = Promise.withResolvers<void>();
    site.on('/drip', (_request, response) => {
      response.writeHead(302, { location: '/page' });
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => {
        clearInterval(timer);
        onLeft();
      });
    });
    site.on('/page', { body: PAGE });
    expect(textOf(await get('/drip', { deadlineMs: 500 }))).toBe(PAGE);
    await left;
  });

  it.each([
    ['http://10.0.0.1/', 'ADDRESS_REFUSED'],
    ['http://[::ffff:169.254.169.254]/', 'ADDRESS_REFUSED'],
    ['http://0x7f.0.0.2/', 'ADDRESS_REFUSED'],
    ['http://localhost/', 'NAME_REFUSED'],
    ['file:///etc/passwd', 'SCHEME_REFUSED'],
    ['javascript:alert(1)', 'SCHEME_REFUSED'],
    ['http://user:pass@example.com/', 'USER_INFO_REFUSED'],
    ['http://example.com:22/', 'PORT_REFUSED'],
    ['http://[', 'URL_INVALID'],
  ])('to %s is refused', async (location, code) => {
    site.on('/out', { status: 302, headers: { location } });
    expect(await get('/out')).toMatchObject({ kind: 'refused', code });
  });
});

describe('the look-up of a name', () => {
  const url = (host: string) => `http://${host}:${new URL(site.origin).port}/`;

  function resolving(...answers: readonly (readonly string[])[]) {
    const asked: string[] = [];
    const resolve = (host: string) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(host);
      return Promise.resolve(answer);
    };
    return { asked, resolve };
  }

  function ask(client: HttpClient, address: string): Promise<FetchOutcome> {
    const limits = { accept: '*/*', maxBodyBytes: LIMIT_BYTES, deadlineMs: 2_000 };
    return client.fetch({ url: address, ...limits });
  }

  it.each([
    [['127.0.0.1']],
    [['93.184.215.14', '127.0.0.1']],
    [['::ffff:127.0.0.1']],
    [['fd00:ec2::254']],
    [['169.254.169.254']],
  ])('refuses %j, dialling none of them', async (addresses) => {
    const { resolve } = resolving(addresses);
    const client = clientWith({ privateAccess: parsePrivateAccess(''), resolve });
    expect(await ask(client, 'http://rebinding.example/')).toMatchObject({
      kind: 'refused',
      code: 'ADDRESS_REFUSED',
    });
    expect(site.requests).toHaveLength(0);
  });

  it('happens once per connection, so that no second answer is ever dialled', async () => {
    const { asked, resolve } = resolving(['127.0.0.1'], ['127.0.0.2']);
    site.on('/', { body: PAGE });
    const privateAccess = parsePrivateAccess('news.example');
    const client = clientWith({ privateAccess, resolve });
    expect(textOf(await ask(client, url('news.example')))).toBe(PAGE);
    expect(asked).toEqual(['news.example']);
    expect(site.requests[0]?.headers.host).toBe(new URL(url('news.example')).host);
  });

  it('is judged anew for every connection, although the answer is remembered', async () => {
    const { resolve } = resolving(['127.0.0.1'], ['127.0.0.2']);
    const privateAccess = parsePrivateAccess('127.0.0.2');
    const client = clientWith({ privateAccess, resolve });
    const refused = { kind: 'refused', code: 'ADDRESS_REFUSED' };
    expect(await ask(client, 'http://rebinding.example/a')).toMatchObject(refused);
    expect(await ask(client, 'http://rebinding.example/b')).toMatchObject(refused);
    expect(site.requests).toHaveLength(0);
  });

  it('tries the next address when one does not answer', async () => {
    const { resolve } = resolving(['127.0.0.9', '127.0.0.1']);
    site.on('/', { body: PAGE });
    const client = clientWith({ privateAccess: parsePrivateAccess('news.example'), resolve });
    expect(textOf(await ask(client, url('news.example')))).toBe(PAGE);
  });

  it('that finds nothing fails, to be tried again later', async () => {
    const client = clientWith({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    const expected = { kind: 'failed', code: 'DNS_FAILED', retry: 'later' };
    expect(await ask(client, 'http://nowhere.example/')).toMatchObject(expected);
  });

  it('that never ends is ended by the deadline', async () => {
    const client = clientWith({ resolve: () => new Promise(() => {}) });
    const limits = { accept: '*/*', maxBodyBytes: 1, deadlineMs: 200 };
    expect(await client.fetch({ url: 'http://slow-dns.example/', ...limits })).toMatchObject({
      kind: 'failed',
      code: 'TIMED_OUT',
    });
  });
});

describe('a hostile answer', () => {
  it('of one byte now and then is ended by the deadline', async () => {
    site.on('/drip', endlessAnswer(Buffer.from('x'), 20));
    const startedAt = performance.now();
    expect(await get('/drip', { deadlineMs: 300 })).toMatchObject({
      kind: 'failed',
      code: 'TIMED_OUT',
    });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('without an end is cut at the limit', async () => {
    site.on('/endless', endlessAnswer(Buffer.alloc(20_000, 'x'), 1));
    expect(await get('/endless')).toMatchObject({ kind: 'refused', code: 'BODY_TOO_LARGE' });
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
    ['zstd', zstdCompressSync(Buffer.alloc(50_000_000))],
    ['deflate', deflateSync(Buffer.alloc(50_000_000))],
    ['deflate', deflateRawSync(Buffer.alloc(50_000_000))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(50_000_000)))],
    ['gzip, br', brotliCompressSync(gzipSync(Buffer.alloc(50_000_000)))],
    ['zstd, gzip', gzipSync(zstdCompressSync(Buffer.alloc(50_000_000)))],
  ])('that inflates (%s) is cut at the limit', async (coding, body) => {
    site.on('/bomb', { headers: { 'content-encoding': coding }, body });
    const before = process.memoryUsage().rss;
    expect(await get('/bomb')).toMatchObject({ kind: 'refused', code: 'BODY_TOO_LARGE' });
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });

  it.each([
    ['garbage', 'SSH-2.0-OpenSSH_9.7\r\n'],
    ['a status that is none', 'HTTP/1.1 000 X\r\n\r\n'],
    ['HTTP/0.9', '<html>no head at all</html>'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nhello'],
    ['a length and chunks', CHUNKED_AND_MEASURED],
    ['a length below zero', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nhello'],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\nhello'],
  ])('that is no HTTP (%s) is a failure', async (_what, bytes) => {
    site.on('/raw', rawAnswer(bytes));
    expect(await get('/raw')).toMatchObject({ kind: 'failed', code: 'ANSWER_INVALID' });
  });

  it('that is longer than it says ends where it says', async () => {
    site.on('/more', rawAnswer('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello and more'));
    expect(textOf(await get('/more'))).toBe('hello');
    site.on('/next', { body: PAGE });
    expect(textOf(await get('/next'))).toBe(PAGE);
  });

  it('whose length is too large is refused before its body is read', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n';
    site.on('/vast', (request) => request.socket.write(head));
    expect(await get('/vast')).toMatchObject({ kind: 'refused', code: 'BODY_TOO_LARGE' });
  });

  it('that is promised and never comes is ended by the deadline', async () => {
    site.on('/silent', silentAnswer());
    expect(await get('/silent', { deadlineMs: 300 })).toMatchObject({ code: 'TIMED_OUT' });
  });

  it('with headers that never end is cut', async () => {
    site.on('/flood', headerFloodAnswer());
    expect(await get('/flood')).toMatchObject({ kind: 'failed', code: 'HEADERS_TOO_LARGE' });
  });

  it('with many headers is cut', async () => {
    site.on('/headers', (_request, response) => {
      for (let i = 0; i < 100; i += 1) response.setHeader(`x-${i}`, 'y'.repeat(1_000));
      response.end(PAGE);
    });
    expect(await get('/headers')).toMatchObject({ kind: 'failed', code: 'HEADERS_TOO_LARGE' });
  });

  it('that stops in the middle is a failure, not a short page', async () => {
    site.on('/half', (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(PAGE, () => response.destroy());
    });
    expect(await get('/half')).toMatchObject({
      kind: 'failed',
      code: 'CONNECT_FAILED',
      retry: 'later',
    });
  });

  it('of a type that nobody wants is not read', async () => {
    site.on('/film', endlessAnswer(Buffer.alloc(20_000, 'x'), 1));
    const wantsType = (mediaType: string | null) => mediaType === 'application/rss+xml';
    expect(await get('/film', { wantsType })).toMatchObject({
      kind: 'refused',
      code: 'TYPE_REFUSED',
    });
  });
});
