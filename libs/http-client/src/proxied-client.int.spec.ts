import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';
import { selfSignedCertificate } from '@broadsheet/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FetchOutcome } from './fetch-outcome.ts';
import { HttpClient, type HttpClientSettings } from './http-client.ts';
import { NO_PRIVATE_ACCESS } from './private-access.ts';

const REQUEST = { accept: 'text/html', maxBodyBytes: 1_000, deadlineMs: 5_000 };
const PAGE = '<p>Text</p>';
/** First bytes of a TLS handshake (RFC 8446 §5.1). */
const TLS_HANDSHAKE = [0x16, 0x03];

type Tunnel = (socket: Socket, host: string) => void;

/** A proxy that plays all sites itself, and remembers what it was asked for. */
class FakeProxy {
  readonly asked: string[] = [];
  readonly credentials: (string | undefined)[] = [];
  answer: Parameters<typeof createServer>[1] & {} = (_request, response) => response.end(PAGE);
  tunnel: Tunnel = (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  private port = 0;
  private readonly server: Server;
  private readonly tunnels: Socket[] = [];

  constructor() {
    this.server = createServer((request, response) => {
      this.note(request);
      this.answer(request, response);
    });
    this.server.on('connect', (request, socket: Socket) => {
      this.note(request);
      this.tunnels.push(socket);
      socket.on('error', () => undefined);
      this.tunnel(socket, request.url ?? '');
    });
  }

  private note(request: IncomingMessage): void {
    this.asked.push(`${request.method} ${request.url} for ${request.headers.host}`);
    this.credentials.push(request.headers['proxy-authorization']);
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  url(credentials = ''): URL {
    return new URL(`http://${credentials}127.0.0.1:${this.port}`);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    for (const socket of this.tunnels) socket.destroy();
    await closed;
  }
}

let proxy: FakeProxy;
let clients: HttpClient[];

beforeEach(async () => {
  clients = [];
  proxy = new FakeProxy();
  await proxy.listen();
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await proxy.stop();
});

function get(
  url: string,
  settings: Partial<HttpClientSettings> = {},
  deadlineMs = 5_000,
): Promise<FetchOutcome> {
  const client = new HttpClient({
    userAgent: 'test',
    privateAccess: NO_PRIVATE_ACCESS,
    proxyUrl: proxy.url(),
    resolve: () => Promise.reject(new Error('the proxy resolves names')),
    ...settings,
  });
  clients.push(client);
  return client.fetch({ ...REQUEST, url, deadlineMs });
}

describe('a client behind a proxy', () => {
  it('hands plain requests over whole, and leaves the names to the proxy', async () => {
    expect(await get('http://news.example/a?b=c#d')).toMatchObject({
      kind: 'fetched',
      url: 'http://news.example/a?b=c#d',
      body: Buffer.from(PAGE),
    });
    expect(proxy.asked).toEqual(['GET http://news.example/a?b=c for news.example']);
    expect(proxy.credentials).toEqual([undefined]);
  });

  it('speaks TLS through a tunnel to the host', async () => {
    const { promise: greeting, resolve: onGreeting } = Promise.withResolvers<Buffer>();
    proxy.tunnel = (socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', (bytes: Buffer) => {
        onGreeting(bytes);
        socket.destroy();
      });
    };
    const outcome = get('https://news.example/secret');
    const bytes = await greeting;
    expect([...bytes.subarray(0, 2)]).toEqual(TLS_HANDSHAKE);
    expect(bytes.includes('news.example')).toBe(true);
    expect(bytes.includes('secret')).toBe(false);
    expect(await outcome).toMatchObject({ kind: 'failed', retry: 'later' });
    expect(proxy.asked[0]).toBe('CONNECT news.example:443 for news.example');
  });

  it('shows its credentials to the proxy, whatever is asked for', async () => {
    const proxyUrl = proxy.url('user:p%40ss@');
    await get('http://news.example/', { proxyUrl });
    await get('https://news.example/', { proxyUrl });
    const basic = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    expect(new Set(proxy.credentials)).toEqual(new Set([basic]));
    expect(proxy.credentials.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['http://127.0.0.1/', 'ADDRESS_REFUSED'],
    ['http://2130706433/', 'ADDRESS_REFUSED'],
    ['https://[::ffff:a9fe:a9fe]/', 'ADDRESS_REFUSED'],
    ['http://metadata.google.internal/', 'NAME_REFUSED'],
    ['https://localhost/', 'NAME_REFUSED'],
    ['http://news.example:25/', 'PORT_REFUSED'],
    ['ftp://news.example/', 'SCHEME_REFUSED'],
    ['http://a:b@news.example/', 'USER_INFO_REFUSED'],
  ])('never asks the proxy for %s, not even when redirected there', async (url, code) => {
    expect(await get(url)).toMatchObject({ kind: 'refused', code });
    proxy.answer = (_request, response) => response.writeHead(302, { location: url }).end();
    expect(await get('http://news.example/')).toMatchObject({ kind: 'refused', code });
    expect(proxy.asked).toEqual(['GET http://news.example/ for news.example']);
  });

  it('keeps its limits', async () => {
    proxy.answer = (_request, response) => response.end('x'.repeat(1_001));
    expect(await get('http://news.example/')).toMatchObject({ code: 'BODY_TOO_LARGE' });
    proxy.answer = (_request, response) => response.writeHead(200).flushHeaders();
    expect(await get('http://news.example/', {}, 200)).toMatchObject({ code: 'TIMED_OUT' });
    proxy.tunnel = () => undefined;
    expect(await get('https://news.example/', {}, 200)).toMatchObject({ code: 'TIMED_OUT' });
  });

  it('does not blame a publisher for a proxy that refuses, breaks off or is away', async () => {
    const later = { kind: 'failed', retry: 'later' };
    expect(await get('https://news.example/')).toMatchObject({ ...later, code: 'PROXY_FAILED' });
    proxy.tunnel = (socket) => socket.destroy();
    expect(await get('https://news.example/')).toMatchObject({ ...later, code: 'PROXY_FAILED' });
    expect(proxy.asked).toHaveLength(2);
    proxy.answer = (_request, response) => response.writeHead(407).end();
    expect(await get('http://news.example/')).toMatchObject({ ...later, status: 407 });
    await proxy.stop();
    for (const url of ['http://news.example/', 'https://news.example/']) {
      expect(await get(url)).toMatchObject({ ...later, code: 'CONNECT_FAILED' });
    }
  });
});

describe('a whole exchange over TLS behind a proxy', () => {
  const HOST = 'news.example';
  const certificate = selfSignedCertificate(HOST);
  /** What the site was asked for. */
  let seen: string[];
  let site: TlsServer;

  beforeAll(async () => {
    tls.setDefaultCACertificates([certificate.cert]);
    site = createTlsServer(certificate, (request, response) => {
      seen.push(`${request.headers.host}${request.url}`);
      if (request.url === '/old') response.writeHead(301, { location: '/feed' }).end();
      else if (request.url === '/inside') {
        response.writeHead(302, { location: 'https://[::ffff:10.0.0.1]/' }).end();
      } else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else {
        const headers = { 'content-encoding': 'gzip', etag: '"1"' };
        response.writeHead(200, headers).end(gzipSync(PAGE));
      }
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    site.closeAllConnections();
    site.close();
  });

  beforeEach(() => {
    seen = [];
    const { port } = site.address() as AddressInfo;
    proxy.tunnel = (socket) => {
      const toSite = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(toSite).pipe(socket);
      });
      toSite.on('error', () => socket.destroy());
    };
  });

  it('gives the page, after a redirect, inflated, through tunnels to its host alone', async () => {
    const outcome = await get(`https://${HOST}/old`);
    expect(outcome).toMatchObject({
      kind: 'fetched',
      url: `https://${HOST}/feed`,
      body: Buffer.from(PAGE),
      headers: { etag: '"1"' },
    });
    expect(seen).toEqual([`${HOST}/old`, `${HOST}/feed`]);
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${HOST}:443 for ${HOST}`]));
  });

  it('hears of a page that has not changed', async () => {
    const client = new HttpClient({
      userAgent: 'test',
      privateAccess: NO_PRIVATE_ACCESS,
      proxyUrl: proxy.url(),
    });
    clients.push(client);
    const request = { ...REQUEST, url: `https://${HOST}/feed`, etag: '"1"' };
    expect(await client.fetch(request)).toMatchObject({ kind: 'not-modified' });
  });

  it('believes no certificate of another name, and follows no redirect to a private address', async () => {
    expect(await get('https://other.example/')).toMatchObject({ code: 'TLS_FAILED' });
    expect(await get(`https://${HOST}/inside`)).toMatchObject({
      kind: 'refused',
      code: 'ADDRESS_REFUSED',
    });
    expect(proxy.asked).toEqual([
      'CONNECT other.example:443 for other.example',
      `CONNECT ${HOST}:443 for ${HOST}`,
    ]);
  });

  it('tells a tunnel that breaks off in the middle of an answer from a page', async () => {
    proxy.tunnel = (socket, host) => {
      expect(host).toBe(`${HOST}:443`);
      socket.end('HTTP/1.1 200 Connection established\r\n\r\n');
    };
    expect(await get(`https://${HOST}/feed`)).toMatchObject({ kind: 'failed', retry: 'later' });
  });
});
