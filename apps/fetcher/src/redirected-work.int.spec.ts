import { randomUUID } from 'node:crypto';
import { addressId } from '@broadsheet/article';
import { TOPIC, TrailEvent } from '@broadsheet/contracts';
import { type Pool, SourceRepository } from '@broadsheet/persistence';
import {
  createTestDatabase,
  ManySites,
  type PublishedRecords,
  readPublished,
  type SiteReply,
  testBrokers,
  type TestDatabase,
  uniqueGroup,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RealFetcher, startRealFetcher } from './testing/real-fetcher.ts';

const DELAY_MS = 60;
const FEED_TYPE = { 'content-type': 'application/rss+xml' };
const PAGE: SiteReply = { headers: { 'content-type': 'text/html' }, body: '<p>Text</p>' };

let published: PublishedRecords;
let database: TestDatabase;
let pool: Pool;
let sources: SourceRepository;
let sites: ManySites;
let fetchers: readonly RealFetcher[];
/** What is served, by host and path; 404 where nothing is. */
let answers: Map<string, SiteReply>;
/** Two sites: one sends its readers to the other. */
let home: string;
let other: string;

beforeAll(async () => {
  published = await readPublished(testBrokers(), uniqueGroup());
});

afterAll(() => published.stop());

beforeEach(async () => {
  answers = new Map();
  sites = await ManySites.start(2, (host, path) => answers.get(host + path) ?? { status: 404 });
  [home = '', other = ''] = sites.hosts;
  database = await createTestDatabase();
  pool = database.openPool();
  sources = new SourceRepository(pool);
  const env = { FETCH_ALLOW_PRIVATE: '127.7.0.0/16', FETCH_HOST_DELAY_MS: String(DELAY_MS) };
  const options = { brokers: testBrokers(), databaseUrl: database.url, env };
  fetchers = await Promise.all([startRealFetcher(options), startRealFetcher(options)]);
});

afterEach(async () => {
  await Promise.all(fetchers.map((fetcher) => fetcher.close()));
  await sites.stop();
  await database.drop();
});

function serve(host: string, path: string, reply: SiteReply): void {
  answers.set(host + path, reply);
}

function redirect(host: string, path: string, to: string, status = 302): void {
  serve(host, path, { status, headers: { location: to } });
}

function serveFeed(host: string, links: readonly string[]): void {
  const items = links.map((link) => `<item><title>T</title><link>${link}</link></item>`);
  const body = `<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`;
  serve(host, '/feed', { headers: FEED_TYPE, body });
}

async function follow(url: string): Promise<string> {
  const id = randomUUID();
  await sources.add({ id, url, name: null, createdAt: new Date() });
  return id;
}

function rawKeys(): readonly string[] {
  const keys = published.records
    .filter(({ topic }) => topic === TOPIC.raw)
    .map(({ key }) => String(key));
  return keys.filter((key) => key.startsWith(`http://${other}/`)).toSorted();
}

function codeOf(url: string): string | null {
  const subject = addressId(url);
  const steps = published.records
    .filter(({ topic, key }) => topic === TOPIC.trail && String(key) === subject)
    .map(({ value }) => TrailEvent.parse(JSON.parse(String(value))));
  return steps.find(({ step }) => step === 'rejected')?.code ?? null;
}

function requestsFor(host: string, path: string): number {
  return sites.log.filter((request) => request.host === host && request.path === path).length;
}

async function healthAfterPoll(id: string) {
  return waitFor(
    async () => {
      const health = (await sources.findById(id))?.health;
      return health?.lastPolledAt ? health : false;
    },
    { timeoutMs: 20_000 },
  );
}

describe('a page that is redirected to another host', () => {
  it('is fetched in a turn of that host, beside the pages that it has itself', async () => {
    // As many as keep both hosts busy at the same time, whichever source is taken up first.
    const numbers = Array.from({ length: 20 }, (_, index) => 10 + index);
    for (const number of numbers) {
      redirect(home, `/${number}`, `http://${other}/moved/${number}`);
      serve(other, `/moved/${number}`, PAGE);
      serve(other, `/own/${number}`, PAGE);
    }
    serveFeed(
      home,
      numbers.map((number) => `/${number}`),
    );
    serveFeed(
      other,
      numbers.map((number) => `/own/${number}`),
    );
    await Promise.all([follow(`http://${home}/feed`), follow(`http://${other}/feed`)]);
    await waitFor(() => rawKeys().length === 40, { timeoutMs: 20_000 });
    expect(rawKeys()).toEqual(
      ['moved', 'own'].flatMap((kind) =>
        numbers.map((number) => `http://${other}/${kind}/${number}`),
      ),
    );
    expect(requestsFor(other, '/robots.txt')).toBe(1);
    expect(sites.shortestGapMs()).toBeGreaterThanOrEqual(DELAY_MS);
  });

  it('is not asked for there where the robots.txt of that host forbids it', async () => {
    serve(other, '/robots.txt', { body: 'User-agent: *\nDisallow: /private' });
    redirect(home, '/1', `http://${other}/private/1`);
    // On the own host, too, a way round is none.
    redirect(home, '/2', '/hidden');
    serve(home, '/robots.txt', { body: 'User-agent: *\nDisallow: /hidden' });
    serveFeed(home, ['/1', '/2']);
    await follow(`http://${home}/feed`);
    const pages = [`http://${home}/1`, `http://${home}/2`];
    await waitFor(() => pages.every((url) => codeOf(url) !== null), { timeoutMs: 20_000 });
    expect(pages.map((url) => codeOf(url))).toEqual(['ROBOTS_DENIED', 'ROBOTS_DENIED']);
    expect(requestsFor(other, '/private/1') + requestsFor(home, '/hidden')).toBe(0);
  });

  it('and back, in a circle or without end, ends with a code', async () => {
    redirect(home, '/1', `http://${other}/1`);
    redirect(other, '/1', `http://${home}/1`);
    for (let hop = 0; hop < 40; hop += 1) {
      const [from, to] = hop % 2 === 0 ? [home, other] : [other, home];
      redirect(from, `/long/${hop}`, `http://${to}/long/${hop + 1}`);
    }
    serveFeed(home, ['/1', '/long/0']);
    await follow(`http://${home}/feed`);
    const codes = () => [codeOf(`http://${home}/1`), codeOf(`http://${home}/long/0`)];
    await waitFor(() => codes().every((code) => code !== null), { timeoutMs: 20_000 });
    expect(codes()).toEqual(['REDIRECT_LOOP', 'TOO_MANY_REDIRECTS']);
    expect(sites.log.filter(({ path }) => path.startsWith('/long/'))).toHaveLength(11);
    expect(sites.shortestGapMs()).toBeGreaterThanOrEqual(DELAY_MS);
  });
});

describe('a source that is redirected to another host', () => {
  it('is read there, with that host’s leave, and stays where its owner said', async () => {
    redirect(home, '/feed', `http://${other}/feed`, 301);
    serveFeed(other, ['/1']);
    serve(other, '/1', PAGE);
    const id = await follow(`http://${home}/feed`);
    const health = await healthAfterPoll(id);
    expect(health).toMatchObject({ lastError: null, itemsSeen: 1, feedUrl: null });
    await waitFor(() => rawKeys().length === 1, { timeoutMs: 10_000 });
    expect(requestsFor(other, '/robots.txt')).toBe(1);
    const { rows } = await pool.query(`SELECT host, memory -> 'move' AS move FROM source_state`);
    expect(rows).toMatchObject([{ host: home, move: { to: `http://${other}/feed`, count: 1 } }]);
    expect(sites.shortestGapMs()).toBeGreaterThanOrEqual(DELAY_MS);
  });

  it('shows that the robots.txt of that host forbids it', async () => {
    redirect(home, '/feed', `http://${other}/feed`);
    serve(other, '/robots.txt', { body: 'User-agent: *\nDisallow: /' });
    const health = await healthAfterPoll(await follow(`http://${home}/feed`));
    expect(health).toMatchObject({ lastError: { code: 'ROBOTS_DENIED' }, feedUrl: null });
    expect(requestsFor(other, '/feed')).toBe(0);
  });
});
