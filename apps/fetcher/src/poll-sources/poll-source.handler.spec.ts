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
  SURROUNDINGS,
} from '../testing/fakes.ts';
import { PollSourceHandler } from './poll-source.handler.ts';

const MINUTE_MS = 60_000;
const FEED_URL = 'https://news.example/feed';
const FEED =
  '<rss version="2.0"><channel><title>News</title><ttl>60</ttl>' +
  '<item><title>One</title><link>/one</link></item>' +
  '<item><title>Two</title><link>https://news.example/two</link></item></channel></rss>';

async function handle(outcome: FetchOutcome, poll = duePoll(), effects = new Effects()) {
  const fetcher = new FakeFetcher(outcome);
  const handler = new PollSourceHandler(fetcher, effects.journal, SURROUNDINGS);
  await handler.handle(LEASE, poll, NEVER);
  return { effects, fetcher, record: effects.polls[0] };
}

function feed(headers: Record<string, string> = {}): FetchOutcome {
  return fetched(FEED, { url: FEED_URL, headers });
}

describe('a poll', () => {
  it('queues the pages before it remembers the validators, so that a crash loses none', async () => {
    const effects = new Effects();
    effects.newPages = 2;
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
    });
    const outcome = { kind: 'not-modified', url: FEED_URL, headers: {}, redirects: [] } as const;
    const { effects, fetcher, record } = await handle(outcome, poll);
    expect(fetcher.requests[0]).toMatchObject({ etag: '"1"', lastModified: 'then' });
    expect(effects.log).toEqual(['end poll']);
    expect(record).toMatchObject({
      nextPollAt: new Date(NOW_MS + 90 * MINUTE_MS),
      nextPollReason: 'no-news',
      result: { etag: '"1"', lastModified: 'then', bodyHash: 'h', newItems: 0 },
    });
  });

  it('does not read the same bytes twice', async () => {
    const first = await handle(feed());
    const result = first.record?.result;
    const bodyHash = result?.kind === 'succeeded' ? result.bodyHash : null;
    const second = await handle(
      feed({ etag: '"new"' }),
      duePoll({ bodyHash, intervalMs: 60 * MINUTE_MS }),
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
    ['a page where a feed was', fetched('<html></html>', { url: FEED_URL }), 'NOT_A_FEED'],
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
