import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { addressId } from '@broadsheet/article';
import { readRawArticle, TOPIC, TrailEvent } from '@broadsheet/contracts';
import { HttpClient, parsePrivateAccess } from '@broadsheet/http-client';
import type { ConsumedRecord } from '@broadsheet/messaging';
import { FetchQueueRepository, type Pool, SourceRepository } from '@broadsheet/persistence';
import {
  conditionalAnswer,
  createTestDatabase,
  headerOf,
  type PublishedRecords,
  readPublished,
  SiteServer,
  testBrokers,
  type TestDatabase,
  uniqueGroup,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FetchPageHandler } from './fetch-pages/fetch-page.handler.ts';
import { SURROUNDINGS } from './testing/fakes.ts';
import { type RealFetcher, startRealFetcher } from './testing/real-fetcher.ts';
import { TurnFetcher } from './work-turns/turn-fetcher.ts';

const FEED_TYPE = { 'content-type': 'application/rss+xml' };
const PAGE_TYPE = { 'content-type': 'text/html; charset=utf-8' };

let published: PublishedRecords;
let database: TestDatabase;
let pool: Pool;
let sources: SourceRepository;
let site: SiteServer;
let apps: RealFetcher[];

beforeAll(async () => {
  published = await readPublished(testBrokers(), uniqueGroup());
});

afterAll(async () => {
  await published.stop();
});

beforeEach(async () => {
  apps = [];
  site = await SiteServer.start();
  database = await createTestDatabase();
  pool = database.openPool();
  sources = new SourceRepository(pool);
});

afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await site.stop();
  await database.drop();
});

/** The topics are shared with other specs: what is published tells by its key whose it is. */
function rawOfSite(): readonly ConsumedRecord[] {
  return published.records.filter(
    ({ topic, key }) => topic === TOPIC.raw && String(key).startsWith(`${site.origin}/`),
  );
}

function stepsOf(path: string): readonly TrailEvent[] {
  const subject = addressId(`${site.origin}${path}`);
  return published.records
    .filter(({ topic, key }) => topic === TOPIC.trail && String(key) === subject)
    .map(({ value }) => TrailEvent.parse(JSON.parse(String(value))));
}

async function startFetcher(env: Readonly<Record<string, string>> = {}): Promise<void> {
  apps.push(await startRealFetcher({ brokers: testBrokers(), databaseUrl: database.url, env }));
}

function feedOf(paths: readonly string[]): string {
  const items = paths.map(
    (path) =>
      `<item><title>Title of ${path}</title><link>${path}</link><guid>g${path}</guid></item>`,
  );
  return `<rss version="2.0"><channel><title>Site</title>${items.join('')}</channel></rss>`;
}

async function follow(path = '/feed'): Promise<string> {
  const id = randomUUID();
  await sources.add({ id, url: `${site.origin}${path}`, name: 'Site', createdAt: new Date() });
  return id;
}

function servePages(paths: readonly string[]): void {
  for (const path of paths) site.on(path, { headers: PAGE_TYPE, body: `<p>Page ${path}</p>` });
}

describe('the fetcher', () => {
  it('publishes every page of a new source with the hints of its feed, within seconds', async () => {
    const paths = ['/a/1', '/a/2', '/a/3'];
    servePages(paths);
    site.on('/feed', { headers: FEED_TYPE, body: feedOf(paths) });
    await startFetcher();
    const id = await follow();
    const records = await waitFor(() => rawOfSite().length === 3 && rawOfSite(), {
      timeoutMs: 10_000,
    });
    expect(records.map(({ key }) => String(key)).toSorted()).toEqual(
      paths.map((path) => `${site.origin}${path}`),
    );
    const one = records.find(({ key }) => String(key).endsWith('/a/1'))!;
    expect(headerOf(one, 'content-type')).toBe('text/html; charset=utf-8');
    expect(headerOf(one, 'traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
    expect(readRawArticle(one)).toMatchObject({
      kind: 'article',
      input: {
        form: 'cloudevents-binary',
        url: `${site.origin}/a/1`,
        body: Buffer.from('<p>Page /a/1</p>'),
        hints: { title: 'Title of /a/1', guid: 'g/a/1' },
        source: { id, name: 'Site', feedUrl: `${site.origin}/feed` },
        origin: { http: { status: 200 } },
      },
    });
    const place = `${one.topic}/${one.partition}/${one.offset}`;
    await waitFor(() => stepsOf('/a/1').length > 0, { timeoutMs: 5_000 });
    expect(stepsOf('/a/1')).toMatchObject([{ step: 'fetched', record: place, code: null }]);
    expect((await sources.findById(id))?.health).toMatchObject({ itemsSeen: 3, lastError: null });
  });

  it('asks with the validators of last time, and publishes nothing on 304', async () => {
    servePages(['/b/1']);
    site.on('/feed', conditionalAnswer('"v1"', FEED_TYPE, feedOf(['/b/1'])));
    await startFetcher();
    const id = await follow();
    await waitFor(() => rawOfSite().length === 1, { timeoutMs: 10_000 });
    await waitFor(() => sources.update(id, { enabled: true, at: new Date() }), {
      timeoutMs: 1_000,
    });
    await waitFor(() => site.requestsFor('/feed').length === 2, { timeoutMs: 10_000 });
    expect(site.requestsFor('/feed').map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      '"v1"',
    ]);
    await waitFor(async () => (await sources.findById(id))?.health.nextPollReason === 'no-news', {
      timeoutMs: 5_000,
    });
    expect(rawOfSite()).toHaveLength(1);
    expect(site.requestsFor('/b/1')).toHaveLength(1);
  });

  it('never breaks the pause of a host, and fetches nothing twice, with two fetchers', async () => {
    const paths = Array.from({ length: 12 }, (_, number) => `/c/${number}`);
    servePages(paths);
    site.on('/feed', { headers: FEED_TYPE, body: feedOf(paths) });
    const delay = { FETCH_HOST_DELAY_MS: '60' };
    await Promise.all([startFetcher(delay), startFetcher(delay)]);
    await follow();
    await waitFor(() => rawOfSite().length === paths.length, { timeoutMs: 20_000 });
    expect(site.requestsFor('/robots.txt')).toHaveLength(1);
    expect(site.requests).toHaveLength(paths.length + 2);
    const times = site.requests.map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((atMs, index) => atMs - times[index]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60);
  });

  it('shows in the health of a source why it cannot be polled', async () => {
    site.on('/feed', { status: 302, headers: { location: 'http://10.0.0.1/feed' } });
    site.on('/page', { headers: { 'content-type': 'image/svg+xml' }, body: '<svg></svg>' });
    await startFetcher();
    const [refused, noFeed] = [await follow('/feed'), await follow('/page')];
    const codeOf = async (id: string) => (await sources.findById(id))?.health.lastError?.code;
    await waitFor(async () => (await codeOf(refused)) === 'ADDRESS_REFUSED', { timeoutMs: 10_000 });
    await waitFor(async () => (await codeOf(noFeed)) === 'NOT_A_FEED', { timeoutMs: 10_000 });
    expect((await sources.findById(noFeed))?.health.nextPollReason).toBe('back-off');
  });

  it('tells the trail of a page that it gives up', async () => {
    site.on('/feed', { headers: FEED_TYPE, body: feedOf(['/gone', '/film']) });
    site.on('/gone', { status: 410 });
    site.on('/film', { headers: { 'content-type': 'video/mp4' }, body: 'x' });
    await startFetcher();
    await follow();
    const gone = () => stepsOf('/gone');
    const film = () => stepsOf('/film');
    await waitFor(() => gone().length + film().length === 2, { timeoutMs: 10_000 });
    expect(gone()).toMatchObject([{ step: 'rejected', code: 'HTTP_STATUS' }]);
    expect(film()).toMatchObject([{ step: 'rejected', code: 'TYPE_REFUSED' }]);
    expect(rawOfSite()).toEqual([]);
  });

  it('finishes what it has in hand before it stops', async () => {
    site.on('/feed', { headers: FEED_TYPE, body: feedOf(['/slow']) });
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const { promise: stopping, resolve: onStopping } = Promise.withResolvers<void>();
    site.on('/slow', (_request, response) => {
      onAsked();
      void stopping.then(() => response.writeHead(200, PAGE_TYPE).end('<p>late</p>'));
    });
    await startFetcher();
    await follow();
    await asked;
    const closed = apps.pop()!.close();
    onStopping();
    await closed;
    await waitFor(() => rawOfSite().length === 1, { timeoutMs: 5_000 });
    const { rows } = await pool.query('SELECT due_at > now() AS is_later FROM frontier');
    expect(rows).toEqual([{ is_later: true }]);
  });
});

describe('a site that is followed by its home page', () => {
  it('is followed through the feed that the page names', async () => {
    servePages(['/e/1']);
    const link = '<link rel="alternate" type="application/rss+xml" href="/news.rss">';
    site.on('/', { headers: PAGE_TYPE, body: `<html><head>${link}</head></html>` });
    site.on('/news.rss', { headers: FEED_TYPE, body: feedOf(['/e/1']) });
    await startFetcher();
    const id = await follow('/');
    await waitFor(() => rawOfSite().length === 1, { timeoutMs: 10_000 });
    await waitFor(async () => (await sources.findById(id))?.health.itemsSeen === 1, {
      timeoutMs: 5_000,
    });
    expect((await sources.findById(id))?.health).toMatchObject({
      feedUrl: `${site.origin}/news.rss`,
      lastError: null,
      nextPollReason: 'first-poll',
    });
  });

  it('is followed through the links to its articles where it has neither feed nor sitemap', async () => {
    const paths = ['old-bridge-to-close', 'school-wins-a-prize', 'ferry-is-back-again'].map(
      (slug) => `/2026/01/15/${slug}`,
    );
    servePages(paths);
    const cards = paths.map((path) => `<li><h2><a href="${path}">News of today</a></h2></li>`);
    const menu = '<nav><a href="/2026/01/15/all-about-us">All there is to know about us</a></nav>';
    const body = `<html><body>${menu}<ul>${cards.join('')}</ul></body></html>`;
    site.on('/', { headers: PAGE_TYPE, body });
    await startFetcher();
    const id = await follow('/');
    await waitFor(() => rawOfSite().length === 3, { timeoutMs: 20_000 });
    expect(site.requestsFor('/2026/01/15/all-about-us')).toEqual([]);
    await waitFor(async () => (await sources.findById(id))?.health.itemsSeen === 3, {
      timeoutMs: 5_000,
    });
    expect((await sources.findById(id))?.health).toMatchObject({ feedUrl: null, lastError: null });
  });

  it('is followed through the sitemaps that its robots.txt names, index and gzip included', async () => {
    servePages(['/f/1']);
    const today = new Date().toISOString();
    const index = `<sitemapindex><sitemap><loc>/1.xml.gz</loc><lastmod>${today}</lastmod></sitemap></sitemapindex>`;
    const old = '<url><loc>/f/old</loc><lastmod>2020-01-01</lastmod></url>';
    const pages = `<urlset><url><loc>/f/1</loc><lastmod>${today}</lastmod></url>${old}</urlset>`;
    site.on('/robots.txt', { body: 'Sitemap: /index.xml' });
    site.on('/', { headers: PAGE_TYPE, body: '<html></html>' });
    site.on('/index.xml', { body: index });
    site.on('/1.xml.gz', { body: gzipSync(pages) });
    await startFetcher();
    await follow('/');
    const [record] = await waitFor(() => rawOfSite().length === 1 && rawOfSite(), {
      timeoutMs: 15_000,
    });
    expect(String(record?.key)).toBe(`${site.origin}/f/1`);
    expect(site.requestsFor('/f/old')).toEqual([]);
  });
});

describe('what a robots.txt forbids', () => {
  it('is not asked for, be it page or feed, and the file itself only once', async () => {
    servePages(['/g/1', '/private/1']);
    site.on('/robots.txt', { body: 'User-agent: *\nDisallow: /private' });
    site.on('/feed', { headers: FEED_TYPE, body: feedOf(['/g/1', '/private/1']) });
    await startFetcher();
    const [, forbidden] = [await follow('/feed'), await follow('/private/feed')];
    await waitFor(() => stepsOf('/private/1').length > 0 && rawOfSite().length === 1, {
      timeoutMs: 10_000,
    });
    expect(stepsOf('/private/1')).toMatchObject([{ step: 'rejected', code: 'ROBOTS_DENIED' }]);
    const denied = async () => (await sources.findById(forbidden))?.health.lastError?.code;
    await waitFor(async () => (await denied()) === 'ROBOTS_DENIED', { timeoutMs: 5_000 });
    expect(site.requests.filter(({ path }) => path.startsWith('/private'))).toEqual([]);
    expect(site.requestsFor('/robots.txt')).toHaveLength(1);
  });
});

describe('a fetcher that dies between publishing a page and recording it', () => {
  it('leaves the page to the next one, which publishes it again', async () => {
    servePages(['/d/1']);
    const privateAccess = parsePrivateAccess('127.0.0.1');
    const client = new HttpClient({ userAgent: 'test', privateAccess });
    const turns = { pauseMs: 0, followed: [], mayFollow: () => Promise.resolve(true) };
    const { producer } = published;
    const queue = new FetchQueueRepository(pool);
    const sourceId = await follow();
    const url = `${site.origin}/d/1`;
    await queue.addPages([{ addressId: addressId(url)!, url, sourceId, hints: {} }], new Date(0));
    const surroundings = { ...SURROUNDINGS, nowMs: Date.now };
    const fetcher = new TurnFetcher(client, queue, surroundings);
    const dying = { endPage: () => Promise.reject(new Error('killed')) };
    const signal = new AbortController().signal;
    const handlerOn = (journal: ConstructorParameters<typeof FetchPageHandler>[2]) =>
      new FetchPageHandler(fetcher, producer, journal, surroundings);

    const [turn] = await queue.takeTurns(new Date(1_000), new Date(2_000), 1);
    if (turn?.kind !== 'page') throw new Error('a page was due');
    await expect(handlerOn(dying).handle({ ...turn, ...turns }, turn.page, signal)).rejects.toThrow(
      'killed',
    );
    expect(await queue.takeTurns(new Date(1_999), new Date(3_000), 1)).toEqual([]);
    const [again] = await queue.takeTurns(new Date(2_000), new Date(3_000), 1);
    if (again?.kind !== 'page') throw new Error('the page was lost');
    await handlerOn(queue).handle({ ...again, ...turns }, again.page, signal);

    await waitFor(() => rawOfSite().length === 2, { timeoutMs: 10_000 });
    const { rows } = await pool.query(
      'SELECT fetched_at > found_at AS is_done, attempts FROM frontier',
    );
    expect(rows).toEqual([{ is_done: true, attempts: 0 }]);
    await client.close();
  });
});
