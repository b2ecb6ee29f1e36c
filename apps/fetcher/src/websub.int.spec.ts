import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import {
  HubCallbackRepository,
  type KnownSubscription,
  type Pool,
  SourceRepository,
} from '@broadsheet/persistence';
import {
  createTestDatabase,
  SiteServer,
  type TestDatabase,
  testBrokers,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureTopics, type RealFetcher, startRealFetcher } from './testing/real-fetcher.ts';

const FEED_TYPE = { 'content-type': 'application/rss+xml' };
const DAY_SECONDS = 86_400;

let database: TestDatabase;
let pool: Pool;
let site: SiteServer;
let fetcher: RealFetcher;
let callbacks: HubCallbackRepository;
/** What the hub was asked, in order. */
const asked: URLSearchParams[] = [];

function feedOf(...paths: readonly string[]): string {
  const items = paths.map((path) => `<item><title>News</title><link>${path}</link></item>`);
  const hub = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="/hub"/>';
  return `<rss version="2.0"><channel><title>News</title>${hub}${items.join('')}</channel></rss>`;
}

beforeAll(async () => {
  await ensureTopics(testBrokers());
  site = await SiteServer.start();
  site.on('/hub', (request, response) => {
    void text(request).then((body) => {
      asked.push(new URLSearchParams(body));
      response.writeHead(202).end();
    });
  });
  site.on('/feed', { headers: FEED_TYPE, body: feedOf('/a/1') });
  database = await createTestDatabase();
  pool = database.openPool();
  callbacks = new HubCallbackRepository(pool);
  fetcher = await startRealFetcher({
    brokers: testBrokers(),
    databaseUrl: database.url,
    env: { WEBSUB_CALLBACK_URL: 'https://own.example' },
  });
});

afterAll(async () => {
  await fetcher.close();
  await site.stop();
  await database.drop();
});

async function subscription(token: string): Promise<KnownSubscription> {
  const known = await callbacks.findByToken(token);
  if (known === null) throw new Error('there is no such subscription');
  return known;
}

it('a source that names a hub is subscribed to there, and read as soon as the hub pushes', async () => {
  const sources = new SourceRepository(pool);
  const id = randomUUID();
  await sources.add({ id, url: `${site.origin}/feed`, name: null, createdAt: new Date() });
  const [request] = await waitFor(() => asked.length > 0 && asked, { timeoutMs: 50_000 });
  const callback = new URL(request?.get('hub.callback') ?? '');
  expect(callback.href).toMatch(/^https:\/\/own\.example\/websub\/[0-9a-f]{64}$/);
  const token = callback.pathname.split('/').at(-1) ?? '';
  const known = await subscription(token);
  expect(known).toEqual({
    sourceId: id,
    topic: `${site.origin}/feed`,
    secret: request?.get('hub.secret'),
  });
  expect(Object.fromEntries(request ?? [])).toMatchObject({
    'hub.mode': 'subscribe',
    'hub.topic': known.topic,
  });

  const receivedAt = new Date();
  const leaseSeconds = 10 * DAY_SECONDS;
  await callbacks.add({ sourceId: id, kind: 'confirmed', leaseSeconds, receivedAt });
  const leased = async () => (await pool.query('SELECT lease_until FROM websub')).rows[0];
  await waitFor(async () => (await leased())?.lease_until !== null, { timeoutMs: 10_000 });
  expect(await leased()).toEqual({
    lease_until: new Date(receivedAt.getTime() + leaseSeconds * 1_000),
  });

  const body = Buffer.from(feedOf('/a/2', '/a/1'));
  const contentType = 'application/rss+xml';
  await callbacks.add({ sourceId: id, kind: 'content', contentType, body, receivedAt });
  await waitFor(() => site.requestsFor('/a/2').length > 0, { timeoutMs: 15_000 });
  expect(site.requestsFor('/feed')).toHaveLength(1);
  expect((await sources.findById(id))?.health.itemsSeen).toBe(2);
  expect((await pool.query('SELECT 1 FROM websub_message')).rows).toEqual([]);
});

it('a push that cannot be read is left out, and those after it are not', async () => {
  const [row] = (await pool.query<{ source_id: string }>('SELECT source_id FROM websub')).rows;
  const sourceId = row?.source_id ?? '';
  const push = (body: string) =>
    callbacks.add({
      sourceId,
      kind: 'content',
      contentType: null,
      body: Buffer.from(body),
      receivedAt: new Date(),
    });
  await push('\u0000<<<');
  await push('');
  await push(feedOf('/a/3'));
  await waitFor(() => site.requestsFor('/a/3').length > 0, { timeoutMs: 15_000 });
});
