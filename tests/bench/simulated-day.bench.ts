import type { FetchedDocument, FetchOutcome } from '@broadsheet/http-client';
import type { HostLease, PollRecord } from '@broadsheet/persistence';
import { it } from 'vitest';
import { PollSourceHandler } from '../../apps/fetcher/src/poll-sources/poll-source.handler.ts';
import { readDocument } from '../../apps/fetcher/src/poll-sources/read-document.ts';
import { SimulatedSites, type SimulatedSite } from './simulated-sites.ts';
import { formatTable, percentile } from './machine.ts';

const SOURCES = 200;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days before the one that counts: intervals need time to settle. */
const WARM_UP_DAYS = 3;
const FIXED_INTERVAL_MS = 15 * MINUTE_MS;
const HOST_DELAY_MS = 5_000;
const START_MS = Date.UTC(2026, 0, 12);
const COUNTED_FROM_MS = START_MS + WARM_UP_DAYS * DAY_MS;
const END_MS = COUNTED_FROM_MS + DAY_MS;

interface Tally {
  requests: number;
  notModified: number;
  bytes: number;
  readonly delaysMs: number[];
}

type TurnRequest = Parameters<ConstructorParameters<typeof PollSourceHandler>[0]['fetch']>[1];
type DuePoll = Parameters<PollSourceHandler['handle']>[1];

function emptyTally(): Tally {
  return { requests: 0, notModified: 0, bytes: 0, delaysMs: [] };
}

/** One source, polled by the fetcher's own use case in simulated time. */
class FollowedSite {
  readonly known = new Set<string>();
  poll: DuePoll;
  nextPollMs = START_MS;

  constructor(
    readonly site: SimulatedSite,
    number: number,
  ) {
    const url = `https://site-${number}.example/feed`;
    this.poll = {
      sourceId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      url,
      ownerUrl: url,
      sitemaps: [],
      memory: {},
      rhythm: { lastItemAt: null, itemGapMs: null, itemGaps: 0 },
      pushedUntil: null,
      name: null,
      selector: null,
      etag: null,
      lastModified: null,
      bodyHash: null,
      intervalMs: null,
      consecutiveFailures: 0,
    };
  }

  remember(record: PollRecord): void {
    const { intervalMs, consecutiveFailures, memory, result } = record;
    this.nextPollMs = record.nextPollAt.getTime();
    this.poll = { ...this.poll, intervalMs, consecutiveFailures, memory };
    if (result.kind === 'succeeded') {
      const { etag, lastModified, bodyHash, rhythm } = result;
      this.poll = { ...this.poll, etag, lastModified, bodyHash, rhythm };
    }
  }
}

function answer(
  site: SimulatedSite,
  request: TurnRequest,
  nowMs: number,
  tally: Tally,
): FetchOutcome {
  const reply = site.answer(request.etag ?? null, nowMs);
  const isCounted = nowMs >= COUNTED_FROM_MS;
  if (isCounted) tally.requests += 1;
  const { headers } = reply;
  if (reply.body === null) {
    if (isCounted) tally.notModified += 1;
    return { kind: 'not-modified', url: request.url, headers, redirects: [] };
  }
  if (isCounted) tally.bytes += reply.body.byteLength;
  const fetched: Omit<FetchedDocument, 'body'> = {
    kind: 'fetched',
    url: request.url,
    status: 200,
    headers,
    contentType: 'application/rss+xml',
    redirects: [],
  };
  return { ...fetched, body: reply.body };
}

async function simulateFetcher(sites: SimulatedSites): Promise<Tally> {
  const tally = emptyTally();
  const followed = sites.all.map((site, number) => new FollowedSite(site, number));
  for (;;) {
    const next = followed.reduce((a, b) => (b.nextPollMs < a.nextPollMs ? b : a));
    const nowMs = next.nextPollMs;
    if (nowMs >= END_MS) return tally;
    const journal = {
      knownPages: () => Promise.resolve(next.known),
      addSitemaps: () => Promise.resolve(0),
      addPages: (pages: readonly { addressId: string; publishedAtMs: number | null }[]) => {
        pages.forEach(({ addressId, publishedAtMs }, position) => {
          next.known.add(addressId);
          const isCounted = publishedAtMs !== null && publishedAtMs >= COUNTED_FROM_MS;
          // Pages of one host come one after the other, the first a pause after the poll.
          if (isCounted)
            tally.delaysMs.push(nowMs - publishedAtMs + (position + 1) * HOST_DELAY_MS);
        });
        return Promise.resolve(pages.length);
      },
      endPoll: (_lease: HostLease, record: PollRecord) => Promise.resolve(next.remember(record)),
    };
    const fetcher = {
      fetch: (_turn: unknown, request: TurnRequest) =>
        Promise.resolve(answer(next.site, request, nowMs, tally)),
    };
    const reader = {
      read: (task: Parameters<typeof readDocument>[0]) => Promise.resolve(readDocument(task)),
    };
    const surroundings = {
      nowMs: () => nowMs,
      random: sites.random,
      newTraceparent: () => '',
      timeoutMs: 30_000,
    };
    const handler = new PollSourceHandler(fetcher, reader, journal, surroundings);
    const turn = {
      host: 'site',
      leaseUntil: new Date(nowMs),
      pauseMs: HOST_DELAY_MS,
      followed: [],
      mayFollow: () => Promise.resolve(true),
    };
    await handler.handle(turn, next.poll, new AbortController().signal);
  }
}

/** What most feed readers do: every quarter of an hour, the whole document each time. */
function simulateFixed(sites: SimulatedSites): Tally {
  const tally = emptyTally();
  sites.all.forEach((site, number) => {
    const offsetMs = (number * FIXED_INTERVAL_MS) / SOURCES;
    for (let atMs = COUNTED_FROM_MS + offsetMs; atMs < END_MS; atMs += FIXED_INTERVAL_MS) {
      tally.requests += 1;
      tally.bytes += site.answer(null, atMs).body?.byteLength ?? 0;
      const since = Math.max(COUNTED_FROM_MS, atMs - FIXED_INTERVAL_MS);
      site.publishedBetween(since, atMs).forEach((publishedMs, position) => {
        tally.delaysMs.push(atMs - publishedMs + (position + 1) * HOST_DELAY_MS);
      });
    }
  });
  return tally;
}

function rowOf(name: string, { requests, notModified, bytes, delaysMs }: Tally): string[] {
  const minutes = (share: number) => (percentile(delaysMs, share) / MINUTE_MS).toFixed(1);
  return [
    name,
    String(requests),
    String(notModified),
    (bytes / 2 ** 20).toFixed(0),
    String(delaysMs.length),
    minutes(0.5),
    minutes(0.9),
  ];
}

it('a day of 200 sources', async () => {
  const sites = new SimulatedSites({ sources: SOURCES, fromMs: START_MS, toMs: END_MS, seed: 7 });
  const own = await simulateFetcher(sites);
  const fixed = simulateFixed(sites);
  const saved = (a: number, b: number) => `${((1 - a / b) * 100).toFixed(0)} %`;
  const bodies = saved(own.requests - own.notModified, fixed.requests);
  const table = formatTable([
    ['polling', 'requests', 'of them 304', 'MB', 'articles', 'median delay, min', 'p90, min'],
    rowOf('every 15 min, no validators', fixed),
    rowOf('decideNextPoll', own),
    [
      'saved',
      saved(own.requests, fixed.requests),
      `bodies ${bodies}`,
      saved(own.bytes, fixed.bytes),
      '',
      '',
      '',
    ],
  ]);
  console.log(`\n${table}\n`);
});
