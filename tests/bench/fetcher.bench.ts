import { randomUUID } from 'node:crypto';
import { createPool, type Pool, SourceRepository } from '@broadsheet/persistence';
import { type RunningSystem, startSystem, waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BenchSites } from './bench-sites.ts';
import { describeMachine, formatTable } from './machine.ts';

const FEED_HOSTS = Number(process.env['BENCH_FEED_HOSTS'] ?? 500);
const FEEDS_PER_HOST = Number(process.env['BENCH_FEEDS_PER_HOST'] ?? 20);
const PAGE_HOSTS = Number(process.env['BENCH_PAGE_HOSTS'] ?? 200);
const PAGES_PER_HOST = Number(process.env['BENCH_PAGES_PER_HOST'] ?? 30);
const PAGE_BYTES = 170_000;
const HOST_DELAY_MS = 1_000;
/** Timers and the sites' own log may be this far apart. */
const CLOCK_SLACK_MS = 5;
const TICKS_PER_SECOND = 100;

const rows: string[][] = [['what', 'figure']];
let system: RunningSystem;
let pool: Pool;
let sites: BenchSites;

beforeAll(async () => {
  sites = await BenchSites.start({
    hosts: Math.max(FEED_HOSTS, PAGE_HOSTS),
    pagesPerHost: PAGES_PER_HOST,
    pageBytes: PAGE_BYTES,
  });
  const environment = {
    LOG_LEVEL: 'warn',
    FETCH_ALLOW_PRIVATE: '127.0.0.0/8',
    FETCH_HOST_DELAY_MS: String(HOST_DELAY_MS),
    FETCH_CONCURRENCY: '64',
  };
  system = await startSystem({ environment });
  // What reads articles.raw would take part in the measurement.
  const { parser, indexer, gateway } = system.services;
  await Promise.all([parser.stop(), indexer.stop(), gateway.stop()]);
  const settings = { url: system.databaseUrl, applicationName: 'bench', maxConnections: 8 };
  pool = createPool({ ...settings, statementTimeoutMs: 120_000 }, () => undefined);
});

afterAll(async () => {
  await pool.end();
  await system.dispose();
  sites.stop();
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

async function isTrue(condition: string): Promise<boolean> {
  const { rows: found } = await pool.query<{ is_true: boolean }>(
    `SELECT (${condition}) AS is_true`,
  );
  return found[0]?.is_true === true;
}

/** Waits for so many requests from `from` on; resolves with how many came per second and what they cost. */
async function measure(from: number, prefix: string, count: number) {
  const { fetcher } = system.services;
  const ticks = fetcher.processorTicks;
  let residentBytes = 0;
  const seen = await waitFor(
    async () => {
      residentBytes = Math.max(residentBytes, fetcher.residentBytes);
      const report = await sites.report({ from, prefix, count });
      return report.counted >= count && report;
    },
    { timeoutMs: 400_000, pollMs: 500 },
  );
  const cpuMs = ((fetcher.processorTicks - ticks) * 1_000) / TICKS_PER_SECOND;
  const perSecond = (count * 1_000) / seen.spanMs;
  return { ...seen, perSecond, cpuMsEach: cpuMs / count, residentMb: residentBytes / 2 ** 20 };
}

it('polls that are answered with 304', async () => {
  const hosts = sites.hosts.slice(0, FEED_HOSTS);
  const urls = hosts.flatMap((host) =>
    Array.from({ length: FEEDS_PER_HOST }, (_, feed) => `http://${host}/feed/${feed}`),
  );
  await follow(urls);
  const first = await measure(0, '/feed/', urls.length);
  const allRead = 'NOT EXISTS (SELECT 1 FROM source_state WHERE etag IS NULL)';
  await waitFor(() => isTrue(allRead), { timeoutMs: 60_000 });
  const { requests } = await sites.report({ from: 0, prefix: '/', count: 0 });
  await pool.query('UPDATE source_state SET next_poll_at = now()');
  await pool.query('UPDATE host SET turn_at = greatest(free_at, now())');
  const again = await measure(requests, '/feed/', urls.length);
  expect(again.notModified).toBe(urls.length);
  expect(again.shortestGapMs).toBeGreaterThanOrEqual(HOST_DELAY_MS - CLOCK_SLACK_MS);
  const setting = `${FEED_HOSTS} hosts × ${FEEDS_PER_HOST} feeds, ${HOST_DELAY_MS} ms per host`;
  rows.push(
    [`first polls/s (${setting})`, first.perSecond.toFixed(0)],
    ['304 polls/s', again.perSecond.toFixed(0)],
    ['processor time of the fetcher per 304, ms', again.cpuMsEach.toFixed(2)],
    ['shortest gap between two requests to a host, ms', again.shortestGapMs.toFixed(0)],
  );
});

it('pages of 170 KB into Kafka', async () => {
  await pool.query('TRUNCATE source CASCADE');
  await pool.query('UPDATE host SET turn_at = NULL');
  const { requests } = await sites.report({ from: 0, prefix: '/', count: 0 });
  await follow(sites.hosts.slice(0, PAGE_HOSTS).map((host) => `http://${host}/pages`));
  const count = PAGE_HOSTS * PAGES_PER_HOST;
  const pages = await measure(requests, '/story/', count);
  const allDone = `(SELECT count(*) FROM frontier WHERE fetched_at IS NOT NULL) = ${count}`;
  await waitFor(() => isTrue(allDone), { timeoutMs: 60_000 });
  expect(pages.shortestGapMs).toBeGreaterThanOrEqual(HOST_DELAY_MS - CLOCK_SLACK_MS);
  rows.push(
    [`pages/s of 170 KB (${PAGE_HOSTS} hosts)`, pages.perSecond.toFixed(0)],
    ['processor time of the fetcher per page, ms', pages.cpuMsEach.toFixed(2)],
    ['resident memory of the fetcher at most, MB', pages.residentMb.toFixed(0)],
  );
});
