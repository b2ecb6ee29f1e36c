import { randomUUID } from 'node:crypto';
import { createPool, type Pool, SourceRepository } from '@broadsheet/persistence';
import {
  ManySites,
  type LoggedRequest,
  type RunningSystem,
  type SiteReply,
  startSystem,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeMachine, formatTable } from './machine.ts';

const FEED_HOSTS = Number(process.env['BENCH_FEED_HOSTS'] ?? 500);
const FEEDS_PER_HOST = Number(process.env['BENCH_FEEDS_PER_HOST'] ?? 20);
const PAGE_HOSTS = Number(process.env['BENCH_PAGE_HOSTS'] ?? 200);
const PAGES_PER_HOST = Number(process.env['BENCH_PAGES_PER_HOST'] ?? 30);
const PAGE_BYTES = 170_000;
const HOST_DELAY_MS = 1_000;
/** Timers and the server's own log may be this far apart. */
const CLOCK_SLACK_MS = 5;
const ETAG = '"1"';
const FEED_TYPE = { 'content-type': 'application/rss+xml' };
const PAGE = Buffer.from(
  `<!doctype html><title>A page</title><article>${'<p>One sentence like any other. </p>'.repeat(PAGE_BYTES / 36)}</article>`,
);

const rows: string[][] = [['what', 'figure']];
let system: RunningSystem;
let pool: Pool;
let sites: ManySites;

function pagesFeed(): string {
  const items = Array.from(
    { length: PAGES_PER_HOST },
    (_, page) => `<item><link>/story/${page}</link></item>`,
  );
  return `<rss version="2.0"><channel><title>Pages</title>${items.join('')}</channel></rss>`;
}

/** Feeds of one entry that leads nowhere: polls are what is measured. */
const QUIET_FEED =
  '<rss version="2.0"><channel><title>Quiet</title><item><title>None</title></item></channel></rss>';

function respond(
  _host: string,
  path: string,
  headers: { 'if-none-match'?: string | undefined },
): SiteReply {
  if (path.startsWith('/feed/')) {
    if (headers['if-none-match'] === ETAG) return { status: 304, headers: { etag: ETAG } };
    return { headers: { ...FEED_TYPE, etag: ETAG }, body: QUIET_FEED };
  }
  if (path === '/pages') return { headers: FEED_TYPE, body: pagesFeed() };
  if (path.startsWith('/story/')) return { headers: { 'content-type': 'text/html' }, body: PAGE };
  return { status: 404 };
}

beforeAll(async () => {
  sites = await ManySites.start(Math.max(FEED_HOSTS, PAGE_HOSTS), respond);
  const environment = {
    LOG_LEVEL: 'warn',
    FETCH_ALLOW_PRIVATE: '127.0.0.0/8',
    FETCH_HOST_DELAY_MS: String(HOST_DELAY_MS),
    FETCH_CONCURRENCY: '64',
  };
  system = await startSystem({ environment });
  // What reads articles.raw would take part in the measurement.
  await Promise.all([system.services.parser.stop(), system.services.indexer.stop()]);
  const settings = { url: system.databaseUrl, applicationName: 'bench', maxConnections: 8 };
  pool = createPool({ ...settings, statementTimeoutMs: 120_000 }, () => undefined);
});

afterAll(async () => {
  await pool.end();
  await system.dispose();
  await sites.stop();
  console.log(`\n${describeMachine()}\n\n${formatTable(rows)}\n`);
});

async function follow(urls: readonly string[]): Promise<void> {
  const sources = new SourceRepository(pool);
  for (let from = 0; from < urls.length; from += 200) {
    const batch = urls.slice(from, from + 200);
    await Promise.all(
      batch.map((url) => sources.add({ id: randomUUID(), url, name: null, createdAt: new Date() })),
    );
  }
}

/** Waits for so many matching requests from `start` on; resolves with how many came per second. */
async function ratePerSecond(
  start: number,
  count: number,
  matches: (request: LoggedRequest) => boolean,
): Promise<number> {
  const matching = () => sites.log.slice(start).filter(matches);
  await waitFor(() => matching().length >= count, { timeoutMs: 300_000, pollMs: 250 });
  const requests = matching();
  const [first, last] = [requests[0], requests[count - 1]];
  return (count * 1_000) / ((last?.atMs ?? 0) - (first?.atMs ?? 0));
}

it('polls that are answered with 304', async () => {
  const hosts = sites.hosts.slice(0, FEED_HOSTS);
  const urls = hosts.flatMap((host) =>
    Array.from({ length: FEEDS_PER_HOST }, (_, feed) => `http://${host}/feed/${feed}`),
  );
  await follow(urls);
  const isPoll = ({ path }: LoggedRequest) => path.startsWith('/feed/');
  const first = await ratePerSecond(0, urls.length, isPoll);
  await waitFor(
    async () => {
      const { rows: open } = await pool.query(
        'SELECT 1 FROM source_state WHERE etag IS NULL LIMIT 1',
      );
      return open.length === 0;
    },
    { timeoutMs: 60_000 },
  );
  const start = sites.log.length;
  await pool.query('UPDATE source_state SET next_poll_at = now()');
  await pool.query('UPDATE host SET turn_at = greatest(free_at, now())');
  const again = await ratePerSecond(start, urls.length, isPoll);
  const answers = sites.log.slice(start).filter(isPoll).slice(0, urls.length);
  expect(answers.every(({ status }) => status === 304)).toBe(true);
  expect(sites.shortestGapMs()).toBeGreaterThanOrEqual(HOST_DELAY_MS - CLOCK_SLACK_MS);
  const setting = `${FEED_HOSTS} hosts × ${FEEDS_PER_HOST} feeds, ${HOST_DELAY_MS} ms per host`;
  rows.push([`first polls/s (${setting})`, first.toFixed(0)]);
  rows.push([`304 polls/s`, again.toFixed(0)]);
  rows.push(['shortest gap between two requests to a host, ms', sites.shortestGapMs().toFixed(0)]);
});

it('pages of 170 KB into Kafka', async () => {
  await pool.query('TRUNCATE source CASCADE');
  await pool.query('UPDATE host SET turn_at = NULL');
  const start = sites.log.length;
  await follow(sites.hosts.slice(0, PAGE_HOSTS).map((host) => `http://${host}/pages`));
  const isPage = ({ path }: LoggedRequest) => path.startsWith('/story/');
  const rate = await ratePerSecond(start, PAGE_HOSTS * PAGES_PER_HOST, isPage);
  const residentMb = system.services.fetcher.residentBytes / 2 ** 20;
  await waitFor(
    async () => {
      const { rows: done } = await pool.query<{ count: string }>(
        'SELECT count(*) FROM frontier WHERE fetched_at IS NOT NULL',
      );
      return Number(done[0]?.count) === PAGE_HOSTS * PAGES_PER_HOST;
    },
    { timeoutMs: 60_000 },
  );
  expect(sites.shortestGapMs()).toBeGreaterThanOrEqual(HOST_DELAY_MS - CLOCK_SLACK_MS);
  rows.push([`pages/s of 170 KB (${PAGE_HOSTS} hosts)`, rate.toFixed(0)]);
  rows.push(['resident memory of the fetcher, MB', residentMb.toFixed(0)]);
});
