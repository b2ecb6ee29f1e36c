import { randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type Pool, SourceRepository } from '@broadsheet/persistence';
import {
  createTestDatabase,
  endlessAnswer,
  floodingAnswer,
  headerFloodAnswer,
  ManySites,
  rawAnswer,
  silentAnswer,
  type SiteAnswer,
  SiteServer,
  type TestDatabase,
  testBrokers,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealFetcher, startRealFetcher } from './testing/real-fetcher.ts';

const TIMEOUT_MS = 4_000;
const ZEROS = Buffer.alloc(64 * 1024 * 1024);
const FEED_TYPE = { 'content-type': 'application/rss+xml' };
const FEED =
  '<rss version="2.0"><channel><title>News</title><item><title>One</title></item></channel></rss>';
/** Where the many sites are; the address of the test's own services stays closed. */
const OPENED = '127.7.0.0/16';
const WEB_PORTS = [8080, 8443, 80, 443];

function bomb(coding: string, body: Buffer): SiteAnswer {
  return { headers: { ...FEED_TYPE, 'content-encoding': coding }, body };
}

function to(url: string): SiteAnswer {
  // Servers write UTF-8 where HTTP has Latin-1.
  return { status: 302, headers: { location: Buffer.from(url).toString('latin1') } };
}

interface HostileCase {
  readonly code: string;
  readonly answer: (path: string) => SiteAnswer;
}

const always = (answer: SiteAnswer) => () => answer;

const CASES: Readonly<Record<string, HostileCase>> = {
  'a byte now and then': {
    code: 'TIMED_OUT',
    answer: always(endlessAnswer(Buffer.from('x'), 50)),
  },
  'a body that never comes': { code: 'TIMED_OUT', answer: always(silentAnswer()) },
  'an endless body': {
    code: 'BODY_TOO_LARGE',
    answer: always(floodingAnswer(Buffer.alloc(256 * 1024, 'x'), FEED_TYPE)),
  },
  'a gzip bomb': { code: 'BODY_TOO_LARGE', answer: always(bomb('gzip', gzipSync(ZEROS))) },
  'a brotli bomb': {
    code: 'BODY_TOO_LARGE',
    answer: always(bomb('br', brotliCompressSync(ZEROS))),
  },
  'a zstandard bomb': {
    code: 'BODY_TOO_LARGE',
    answer: always(bomb('zstd', zstdCompressSync(ZEROS))),
  },
  'a deflate bomb': { code: 'BODY_TOO_LARGE', answer: always(bomb('deflate', deflateSync(ZEROS))) },
  'a bomb in a bomb': {
    code: 'BODY_TOO_LARGE',
    answer: always(bomb('gzip, gzip', gzipSync(gzipSync(ZEROS)))),
  },
  'many codings': {
    code: 'ENCODING_REFUSED',
    answer: always(bomb('gzip, br, gzip', gzipSync(FEED))),
  },
  '40 redirects': {
    code: 'TOO_MANY_REDIRECTS',
    answer: (path) => to(`/${Number(path.slice(1)) + 1 || 1}`),
  },
  'a redirect to itself': { code: 'REDIRECT_LOOP', answer: (path) => to(path) },
  'redirects in a circle': {
    code: 'REDIRECT_LOOP',
    answer: (path) => to(path === '/feed' ? '/other' : '/feed'),
  },
  'a redirect to a private address': {
    code: 'ADDRESS_REFUSED',
    answer: always(to('http://127.0.0.1/')),
  },
  'a redirect to a decimal address': {
    code: 'ADDRESS_REFUSED',
    answer: always(to('http://2130706433/')),
  },
  'a redirect to an octal address': {
    code: 'ADDRESS_REFUSED',
    answer: always(to('http://0177.0.0.1/')),
  },
  'a redirect to a mapped address': {
    code: 'ADDRESS_REFUSED',
    answer: always(to('http://[::ffff:a9fe:a9fe]/')),
  },
  'a redirect to a NAT64 address': {
    code: 'ADDRESS_REFUSED',
    answer: always(to('http://[64:ff9b::7f00:1]/')),
  },
  'a redirect to a 6to4 address': {
    code: 'ADDRESS_REFUSED',
    answer: always(to('http://[2002:7f00:1::]/')),
  },
  'a redirect to a local name': { code: 'NAME_REFUSED', answer: always(to('http://localhost./')) },
  'a redirect to a full-width name': {
    code: 'NAME_REFUSED',
    answer: always(to('http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/')),
  },
  'a redirect with a password': {
    code: 'USER_INFO_REFUSED',
    answer: always(to('http://a:b@news.example/')),
  },
  'a redirect to a file': { code: 'SCHEME_REFUSED', answer: always(to('file:///etc/passwd')) },
  'a redirect to a mail server': {
    code: 'PORT_REFUSED',
    answer: always(to('http://news.example:25/')),
  },
  'headers that never end': { code: 'HEADERS_TOO_LARGE', answer: always(headerFloodAnswer()) },
  'a length that is too long': {
    code: 'CONNECT_FAILED',
    answer: always(rawAnswer(`HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n${FEED}`)),
  },
  'two lengths': {
    code: 'ANSWER_INVALID',
    answer: always(
      rawAnswer('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'),
    ),
  },
  'an answer of HTTP/0.9': { code: 'ANSWER_INVALID', answer: always(rawAnswer(FEED)) },
  'bytes that are no HTTP': {
    code: 'ANSWER_INVALID',
    answer: always(rawAnswer(Buffer.from([0x16, 3, 1, 0, 0xff, 0]))),
  },
  'elements a hundred thousand deep': {
    code: 'NOT_A_FEED',
    answer: always({ headers: FEED_TYPE, body: `<rss><channel>${'<a>'.repeat(100_000)}` }),
  },
};

const names = Object.keys(CASES);
let database: TestDatabase;
let pool: Pool;
let sources: SourceRepository;
let sites: ManySites;
let byName: SiteServer;
let fetcher: RealFetcher;
/** The sources on the many sites, in the order of the cases, and a last one that is well. */
let followed: readonly string[];
/** What the resolver says of each name, one answer after the other; the last one stays. */
const answers = new Map<string, string[]>();

function resolve(host: string): Promise<readonly string[]> {
  const [first, ...others] = answers.get(host) ?? [];
  if (first === undefined) return Promise.reject(new Error('ENOTFOUND'));
  if (others.length > 0) answers.set(host, others);
  return Promise.resolve([first]);
}

function respond(host: string, path: string): SiteAnswer {
  if (path === '/robots.txt') return { status: 404 };
  const name = names[sites.hosts.indexOf(host)] ?? '';
  return CASES[name]?.answer(path) ?? { headers: FEED_TYPE, body: FEED };
}

/** Names are asked on the ports of the web only. */
async function startOnWebPort(address: string): Promise<SiteServer> {
  for (const port of WEB_PORTS) {
    const started = await SiteServer.start({ address, port }).catch(() => null);
    if (started !== null) return started;
  }
  throw new Error(`none of the ports ${WEB_PORTS.join(', ')} is free on ${address}`);
}

beforeAll(async () => {
  sites = await ManySites.start(names.length + 1, respond);
  byName = await startOnWebPort('127.7.250.1');
  database = await createTestDatabase();
  pool = database.openPool();
  sources = new SourceRepository(pool);
  fetcher = await startRealFetcher({
    brokers: testBrokers(),
    databaseUrl: database.url,
    env: { FETCH_ALLOW_PRIVATE: OPENED, FETCH_TIMEOUT_MS: String(TIMEOUT_MS) },
    network: { resolve, dnsCacheMs: 0 },
  });
  followed = await Promise.all(sites.hosts.map((host) => follow(`http://${host}/feed`)));
});

afterAll(async () => {
  await fetcher.close();
  await Promise.all([sites.stop(), byName.stop()]);
  await database.drop();
});

async function follow(url: string): Promise<string> {
  const id = randomUUID();
  await sources.add({ id, url, name: null, createdAt: new Date() });
  return id;
}

async function healthAfterPoll(id: string) {
  return waitFor(
    async () => {
      const health = (await sources.findById(id))?.health;
      return health?.lastPolledAt ? health : false;
    },
    { timeoutMs: 30_000 },
  );
}

describe('a source that answers with', () => {
  it.each(Object.entries(CASES))('%s has a code in its health', async (name, { code }) => {
    expect(await healthAfterPoll(followed[names.indexOf(name)]!)).toMatchObject({
      lastError: { code },
      nextPollReason: 'back-off',
      consecutiveFailures: 1,
    });
  });

  it('nothing hostile is read as well as ever beside them', async () => {
    expect(await healthAfterPoll(followed.at(-1)!)).toMatchObject({
      lastError: null,
      consecutiveFailures: 0,
    });
  });
});

it('a name whose answer changes to the own machine is not followed there', async () => {
  const { hostname, port } = new URL(byName.origin);
  answers.set('changing.example', [hostname, hostname, '127.0.0.1']);
  const closing = { ...FEED_TYPE, connection: 'close' };
  byName.on('/feed', { headers: closing, body: FEED });
  byName.on('/robots.txt', { status: 404, headers: { connection: 'close' } });
  const id = await follow(`http://changing.example:${port}/feed`);
  expect(await healthAfterPoll(id)).toMatchObject({ lastError: null });
  await sources.update(id, { enabled: true, at: new Date() });
  const isRefused = async () => (await sources.findById(id))?.health.lastError?.code;
  await waitFor(async () => (await isRefused()) === 'ADDRESS_REFUSED', { timeoutMs: 20_000 });
  expect(byName.requestsFor('/feed')).toHaveLength(1);
});
