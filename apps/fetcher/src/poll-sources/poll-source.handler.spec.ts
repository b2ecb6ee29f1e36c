import type { FetchOutcome } from '@broadsheet/http-client';
import { describe, expect, it } from 'vitest';
import {
  duePoll,
  Effects,
  FakeFetcher,
  fetched,
  LEASE,
  NEVER,
  NOW_MS,
  READER,
  SURROUNDINGS,
} from '../testing/fakes.ts';
import { PollSourceHandler } from './poll-source.handler.ts';

const MINUTE_MS = 60_000;
const FEED_URL = 'https://news.example/feed';
const FEED =
  '<rss version="2.0"><channel><title>News</title><ttl>60</ttl>' +
  '<item><title>One</title><link>/one</link></item>' +
  '<item><title>Two</title><link>https://news.example/two</link></item></channel></rss>';

async function handle(outcome: FetchOutcome | null, poll = duePoll(), effects = new Effects()) {
  const fetcher = new FakeFetcher(outcome);
  const handler = new PollSourceHandler(fetcher, READER, effects.journal, SURROUNDINGS);
  await handler.handle(LEASE, poll, NEVER);
  return { effects, fetcher, record: effects.polls[0] };
}

function feed(headers: Record<string, string> = {}): FetchOutcome {
  return fetched(FEED, { url: FEED_URL, headers });
}

describe('a poll', () => {
  it('queues the pages before it remembers the validators, so that a crash loses none', async () => {
    const effects = new Effects();
    const { record } = await handle(
      feed({ etag: '"2"', 'last-modified': 'x' }),
      duePoll(),
      effects,
    );
    expect(effects.log).toEqual(['add pages', 'end poll']);
    expect(effects.pages.map((page) => page.url)).toEqual([
      'https://news.example/one',
      'https://news.example/two',
    ]);
    expect(record?.result).toMatchObject({
      kind: 'succeeded',
      etag: '"2"',
      lastModified: 'x',
      newItems: 2,
    });
  });

  it('remembers nothing when the pages cannot be queued', async () => {
    const effects = new Effects();
    effects.failing = 'add pages';
    await expect(handle(feed(), duePoll(), effects)).rejects.toThrow('add pages failed');
    expect(effects.polls).toEqual([]);
  });

  it('sends the validators, and takes 304 for no news', async () => {
    const poll = duePoll({
      etag: '"1"',
      lastModified: 'then',
      bodyHash: 'h',
      intervalMs: 60 * MINUTE_MS,
      memory: { wholeAtMs: NOW_MS - 60 * MINUTE_MS },
    });
    const outcome = { kind: 'not-modified', url: FEED_URL, headers: {}, redirects: [] } as const;
    const { effects, fetcher, record } = await handle(outcome, poll);
    expect(fetcher.requests[0]).toMatchObject({ etag: '"1"', lastModified: 'then' });
    expect(effects.log).toEqual(['end poll']);
    expect(record).toMatchObject({
      nextPollAt: new Date(NOW_MS + 75 * MINUTE_MS),
      nextPollReason: 'no-news',
      result: { etag: '"1"', lastModified: 'then', bodyHash: 'h', newItems: 0 },
    });
  });

  it('keeps to what the server asked for where 304 leaves that out', async () => {
    const first = await handle(feed({ etag: '"1"', 'cache-control': 'max-age=7200' }));
    const known = { etag: '"1"', intervalMs: 15 * MINUTE_MS, memory: first.record?.memory };
    const outcome = { kind: 'not-modified', url: FEED_URL, redirects: [] } as const;
    const silent = await handle({ ...outcome, headers: {} }, duePoll(known));
    expect(silent.record).toMatchObject({
      nextPollAt: new Date(NOW_MS + 120 * MINUTE_MS),
      nextPollReason: 'publisher-asked',
    });
    const headers = { 'cache-control': 'max-age=0' };
    const other = await handle({ ...outcome, headers }, duePoll(known));
    expect(other.record?.nextPollAt).toEqual(new Date(NOW_MS + 60 * MINUTE_MS));
  });

  it('does not read the same bytes twice', async () => {
    const first = await handle(feed());
    const result = first.record?.result;
    const bodyHash = result?.kind === 'succeeded' ? result.bodyHash : null;
    const second = await handle(
      feed({ etag: '"new"' }),
      duePoll({ bodyHash, intervalMs: 60 * MINUTE_MS, memory: first.record?.memory }),
    );
    expect(second.effects.log).toEqual(['end poll']);
    expect(second.record).toMatchObject({ nextPollReason: 'no-news', result: { etag: '"new"' } });
  });

  it('waits as long as the feed or the server asks', async () => {
    const byFeed = await handle(feed());
    expect(byFeed.record).toMatchObject({
      nextPollAt: new Date(NOW_MS + 60 * MINUTE_MS),
      nextPollReason: 'publisher-asked',
    });
    const byServer = await handle(feed({ 'cache-control': 'max-age=7200' }));
    expect(byServer.record?.nextPollAt).toEqual(new Date(NOW_MS + 120 * MINUTE_MS));
  });

  it.each([
    ['something else where a feed was', fetched('<svg/>', { url: FEED_URL }), 'NOT_A_FEED'],
    [
      'a refusal',
      { kind: 'refused', code: 'TOO_MANY_REDIRECTS', detail: 'd', url: FEED_URL } as const,
      'TOO_MANY_REDIRECTS',
    ],
    [
      'a failure',
      {
        kind: 'failed',
        code: 'TIMED_OUT',
        retry: 'later',
        detail: 'd',
        url: FEED_URL,
        status: null,
        headers: {},
      } as const,
      'TIMED_OUT',
    ],
  ])('that meets %s says so and backs off', async (_case, outcome, code) => {
    const { record } = await handle(outcome, duePoll({ consecutiveFailures: 2 }));
    expect(record).toMatchObject({
      consecutiveFailures: 3,
      nextPollAt: new Date(NOW_MS + 10 * MINUTE_MS),
      nextPollReason: 'back-off',
      result: { kind: 'failed', code },
    });
  });

  it('that is too frequent for the server waits as it is told', async () => {
    const outcome = {
      kind: 'failed',
      code: 'HTTP_STATUS',
      retry: 'later',
      detail: 'd',
      url: FEED_URL,
      status: 429,
      headers: { 'retry-after': '7200' },
    } as const;
    const { record } = await handle(outcome);
    expect(record).toMatchObject({
      nextPollAt: new Date(NOW_MS + 120 * MINUTE_MS),
      nextPollReason: 'retry-after',
    });
  });
});

describe('a source that is no feed', () => {
  const HOME = 'https://news.example/';
  const page = (head: string) =>
    fetched(`<html><head>${head}</head></html>`, {
      url: HOME,
      headers: { 'content-type': 'text/html' },
    });
  const atHome = (parts = {}) => duePoll({ url: HOME, ownerUrl: HOME, ...parts });

  it('but a home page leads to the feed that it names, at once', async () => {
    const link = '<link rel=alternate type=application/rss+xml href=/feed>';
    const { record } = await handle(page(link), atHome());
    expect(record).toMatchObject({
      nextUrl: FEED_URL,
      nextPollAt: new Date(NOW_MS),
      nextPollReason: 'looking-for-feed',
      memory: { isSearching: true, candidates: [] },
      result: { code: 'LOOKING_FOR_FEED' },
    });
  });

  it('is followed where the search ends at one', async () => {
    const memory = { isSearching: true, candidates: ['https://news.example/b'] };
    const poll = duePoll({ url: FEED_URL, ownerUrl: HOME, memory });
    const { record } = await handle(feed(), poll);
    expect(record).toMatchObject({
      nextUrl: FEED_URL,
      memory: { isSearching: false, candidates: [], wholeAtMs: NOW_MS },
      result: { kind: 'succeeded' },
    });
  });

  it('and leads to none is read for its own links to articles', async () => {
    const memory = { isSearching: true, candidates: [] };
    const searching = duePoll({ url: FEED_URL, ownerUrl: HOME, memory });
    const { record: last } = await handle(page(''), searching);
    expect(last).toMatchObject({
      nextUrl: HOME,
      nextPollAt: new Date(NOW_MS),
      memory: { isSearching: false, isListing: true },
      result: { code: 'LOOKING_FOR_FEED' },
    });
    const links = ['old-bridge-to-close', 'school-wins-a-prize']
      .map((slug) => `<h2><a href="/2026/01/15/${slug}">The news of the day</a></h2>`)
      .join('');
    const { record, effects } = await handle(page(links), atHome({ memory: last?.memory }));
    expect(effects.pages.map(({ url }) => url)).toEqual([
      'https://news.example/2026/01/15/old-bridge-to-close',
      'https://news.example/2026/01/15/school-wins-a-prize',
    ]);
    expect(record).toMatchObject({
      nextUrl: HOME,
      memory: { isListing: true, wholeAtMs: NOW_MS },
      result: { kind: 'succeeded', newItems: 2 },
    });
  });

  it('but a page that has worked before is not taken for empty at once', async () => {
    const memory = { isListing: true, wholeAtMs: NOW_MS - 1 };
    const { record } = await handle(page(''), atHome({ memory }));
    expect(record).toMatchObject({ memory: { isListing: true }, result: { code: 'NOT_A_FEED' } });
    const third = await handle(page(''), atHome({ memory, consecutiveFailures: 3 }));
    expect(third.record).toMatchObject({ memory: { isListing: false } });
  });

  it('but a wall against programs is not taken for its page', async () => {
    const wall = fetched('<html><title>Just a moment...</title></html>', { url: FEED_URL });
    const { record } = await handle(wall);
    expect(record).toMatchObject({
      nextUrl: FEED_URL,
      nextPollReason: 'retry-after',
      nextPollAt: new Date(NOW_MS + 60 * MINUTE_MS),
      result: { code: 'BOT_WALL' },
    });
  });

  it('and lists nothing says so, and is asked again where its owner said', async () => {
    const memory = { isListing: true };
    const { record } = await handle(page(''), atHome({ memory }));
    expect(record).toMatchObject({
      nextUrl: HOME,
      nextPollReason: 'back-off',
      memory: { isSearching: false, isListing: false },
      result: { code: 'NO_FEED_FOUND' },
    });
  });

  it('but an index of sitemaps has them read', async () => {
    const index = '<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>';
    const { effects } = await handle(fetched(index, { url: FEED_URL }));
    expect(effects.log).toEqual(['add sitemaps', 'end poll']);
    expect(effects.sitemaps).toMatchObject([{ url: 'https://news.example/1.xml' }]);
  });
});

describe('a page whose owner says what its articles are', () => {
  const HOME = 'https://news.example/news';
  const at = (parts = {}) => duePoll({ url: HOME, ownerUrl: HOME, selector: '.n a', ...parts });
  const HTML =
    '<link rel=alternate type="application/rss+xml" href="/feed"><p class=n><a href="/x">X</a></p>';
  const page = (html: string) =>
    fetched(html, { url: HOME, headers: { 'content-type': 'text/html' } });

  it('is read for them at once, whatever feeds it names', async () => {
    const { effects, record } = await handle(page(HTML), at());
    expect(effects.pages.map(({ url }) => url)).toEqual(['https://news.example/x']);
    expect(record).toMatchObject({ nextUrl: HOME, result: { kind: 'succeeded', newItems: 1 } });
  });

  it.each([
    ['.other a', 'SELECTOR_MATCHES_NOTHING'],
    ['.other a:', 'SELECTOR_INVALID'],
  ])('says so where %j leads to nothing: %s', async (selector, code) => {
    const { record } = await handle(page(HTML), at({ selector }));
    expect(record).toMatchObject({
      nextUrl: HOME,
      nextPollReason: 'back-off',
      result: { kind: 'failed', code },
    });
  });

  it('is read again, though it has not changed, once they are others', async () => {
    const first = await handle(page(HTML), at());
    const result = first.record?.result;
    const before = {
      bodyHash: result?.kind === 'succeeded' ? result.bodyHash : null,
      etag: '"1"',
      memory: first.record?.memory,
    };
    const same = await handle(page(HTML), at(before));
    expect(same.fetcher.requests[0]?.etag).toBe('"1"');
    expect(same.effects.log).toEqual(['end poll']);
    const other = await handle(page(HTML), at({ ...before, selector: 'a' }));
    expect(other.fetcher.requests[0]?.etag).toBeNull();
    expect(other.effects.log).toEqual(['add pages', 'end poll']);
  });
});

describe('what a source is remembered for', () => {
  it('asks for the whole document once a day, whatever the server says to validators', async () => {
    const old = duePoll({ etag: '"1"', memory: { wholeAtMs: NOW_MS - 24 * 60 * MINUTE_MS } });
    const { fetcher } = await handle(feed(), old);
    expect(fetcher.requests[0]).toMatchObject({ etag: null, lastModified: null });
  });

  it('keeps the wishes of the feed for polls that bring no document', async () => {
    const withHours = FEED.replace(
      '<ttl>60</ttl>',
      '<ttl>90</ttl><skipHours><hour>14</hour><hour>15</hour></skipHours>',
    );
    const first = await handle(fetched(withHours, { url: FEED_URL }));
    const { memory } = first.record!;
    expect(memory).toMatchObject({
      schedule: { keepForMinutes: 90, skipHours: [14, 15], skipDays: [] },
    });
    const outcome = { kind: 'not-modified', url: FEED_URL, headers: {}, redirects: [] } as const;
    const second = await handle(outcome, duePoll({ intervalMs: 5 * MINUTE_MS, memory }));
    expect(second.record).toMatchObject({ nextPollReason: 'publisher-asked' });
    const third = await handle(outcome, duePoll({ intervalMs: 100 * MINUTE_MS, memory }));
    expect(third.record).toMatchObject({
      nextPollReason: 'skipped-hours',
      nextPollAt: new Date(NOW_MS + 240 * MINUTE_MS),
    });
  });

  it('keeps adverts out, and remembers them', async () => {
    const advert = '<item><link>https://ads.example/buy</link></item></channel>';
    const { effects } = await handle(
      fetched(FEED.replace('</channel>', advert), { url: FEED_URL }),
    );
    expect(effects.pages.map(({ refusal }) => refusal)).toEqual([null, null, 'FOREIGN_LINK']);
  });

  it('adopts the https form of its address, and no temporary one', async () => {
    const redirected = (status: number) => {
      const outcome = feed();
      if (outcome.kind !== 'fetched') throw new Error('a feed was served');
      return { ...outcome, redirects: [{ status, to: FEED_URL }] };
    };
    const url = 'http://news.example/feed';
    const poll = duePoll({ url, ownerUrl: url });
    expect((await handle(redirected(301), poll)).record?.nextUrl).toBe(FEED_URL);
    expect((await handle(redirected(302), poll)).record?.nextUrl).toBe(url);
  });
});

it('a source that waits for the turn of another host has no end yet', async () => {
  const { effects } = await handle(null);
  expect(effects.log).toEqual([]);
});
