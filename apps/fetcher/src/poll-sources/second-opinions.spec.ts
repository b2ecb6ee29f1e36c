import type { FetchOutcome } from '@broadsheet/http-client';
import type { PollRecord } from '@broadsheet/persistence';
import { describe, expect, it } from 'vitest';
import {
  duePoll,
  Effects,
  fetched,
  LEASE,
  NEVER,
  NOW_MS,
  READER,
  SURROUNDINGS,
} from '../testing/fakes.ts';
import type { HostTurn } from '../work-turns/surroundings.ts';
import type { TurnRequest } from '../work-turns/turn-fetcher.ts';
import { PollSourceHandler } from './poll-source.handler.ts';

const HOUR_MS = 3_600_000;
const FEED_URL = 'https://news.example/feed';

function feedOf(items: readonly string[], rest = ''): string {
  const written = items.map((path) => `<item><title>${path}</title><link>${path}</link></item>`);
  return `<rss version="2.0"><channel>${rest}${written.join('')}</channel></rss>`;
}

/** One source, polled again and again: what a poll leaves is what the next one begins with. */
class FollowedFeed {
  readonly effects = new Effects();
  nowMs = NOW_MS;
  private poll = duePoll({ intervalMs: HOUR_MS });

  constructor(private readonly answer: (request: TurnRequest) => FetchOutcome) {}

  async pollAfter(ms: number): Promise<PollRecord> {
    this.nowMs += ms;
    const fetcher = {
      fetch: (_turn: HostTurn, request: TurnRequest) => Promise.resolve(this.answer(request)),
    };
    const surroundings = { ...SURROUNDINGS, nowMs: () => this.nowMs };
    const { journal } = this.effects;
    const handler = new PollSourceHandler(fetcher, READER, journal, surroundings);
    await handler.handle(LEASE, this.poll, NEVER);
    for (const { addressId } of this.effects.pages) this.effects.known.add(addressId);
    const record = this.effects.polls.at(-1)!;
    const { memory, result } = record;
    this.poll = { ...this.poll, memory, ...(result.kind === 'succeeded' ? result : {}) };
    return record;
  }

  queued(): readonly string[] {
    return this.effects.pages.filter(({ refusal }) => refusal === null).map(({ url }) => url);
  }
}

describe('a feed that is written anew each time', () => {
  it('has no news while its items are the same, in whatever order, and is not looked up', async () => {
    let turn = 0;
    const feed = new FollowedFeed(() => {
      turn += 1;
      const items = turn % 2 === 0 ? ['/1', '/2'] : ['/2', '/1'];
      return fetched(feedOf(items, `<lastBuildDate>${turn}</lastBuildDate>`), { url: FEED_URL });
    });
    expect(await feed.pollAfter(0)).toMatchObject({ nextPollReason: 'news-came-fast' });
    feed.effects.journal.knownPages = () => Promise.reject(new Error('looked up'));
    const second = await feed.pollAfter(HOUR_MS);
    expect(second).toMatchObject({
      nextPollReason: 'same-items',
      nextPollAt: new Date(feed.nowMs + 1.25 * HOUR_MS),
      result: { kind: 'succeeded', newItems: 0 },
    });
    expect(feed.effects.log).toEqual(['add pages', 'end poll', 'end poll']);
  });

  it('has news again when an item is new', async () => {
    const items = ['/1'];
    const feed = new FollowedFeed(() => fetched(feedOf(items), { url: FEED_URL }));
    await feed.pollAfter(0);
    items.push('/2');
    expect(await feed.pollAfter(HOUR_MS)).toMatchObject({ nextPollReason: 'news-came' });
    expect(feed.queued()).toEqual(['https://news.example/1', 'https://news.example/2']);
  });

  it('has no news where only an advert is another', async () => {
    let turn = 0;
    const feed = new FollowedFeed(() => {
      turn += 1;
      const advert = `https://ads.example/buy/${turn}`;
      return fetched(feedOf(['/1', '/2', '/3', advert]), { url: FEED_URL });
    });
    await feed.pollAfter(0);
    const second = await feed.pollAfter(HOUR_MS);
    expect(second).toMatchObject({ nextPollReason: 'no-news', result: { newItems: 0 } });
    expect(feed.queued()).toHaveLength(3);
  });
});

describe('a server whose validators never change', () => {
  const items = () => ['/1'];

  function lying(published: string[], validators: Record<string, string>): FollowedFeed {
    return new FollowedFeed(({ etag, lastModified }) =>
      etag || lastModified
        ? { kind: 'not-modified', url: FEED_URL, headers: validators, redirects: [] }
        : fetched(feedOf(published), { url: FEED_URL, headers: validators }),
    );
  }

  it.each([
    ['an ETag', { etag: '"1"' }],
    ['Last-Modified', { 'last-modified': 'Thu, 15 Jan 2026 10:00:00 GMT' }],
  ])(
    'is caught within a day by %s, and asked for the whole from then on',
    async (_, validators) => {
      const published = items();
      const feed = lying(published, validators);
      await feed.pollAfter(0);
      published.push('/2');
      expect(await feed.pollAfter(HOUR_MS)).toMatchObject({
        nextPollReason: 'no-news',
        askedWholeBecause: null,
      });
      expect(await feed.pollAfter(23 * HOUR_MS)).toMatchObject({
        nextPollReason: 'validators-lied',
        askedWholeBecause: 'daily-check',
      });
      published.push('/3');
      expect(await feed.pollAfter(HOUR_MS)).toMatchObject({
        nextPollReason: 'validators-lied',
        askedWholeBecause: 'validators-lied',
      });
      expect(feed.queued()).toHaveLength(3);
    },
  );

  it('is trusted again after a week without news that it hid', async () => {
    const published = items();
    const feed = lying(published, { etag: '"1"' });
    await feed.pollAfter(0);
    published.push('/2');
    await feed.pollAfter(24 * HOUR_MS);
    for (let day = 1; day <= 7; day += 1) await feed.pollAfter(24 * HOUR_MS);
    published.push('/3');
    expect(await feed.pollAfter(HOUR_MS)).toMatchObject({ nextPollReason: 'no-news' });
  });

  it('is caught within hours where news has been regular', async () => {
    const published = items();
    let isLying = false;
    const feed = new FollowedFeed(({ etag }) =>
      etag && isLying
        ? { kind: 'not-modified', url: FEED_URL, headers: {}, redirects: [] }
        : fetched(feedOf(published), { url: FEED_URL, headers: { etag: `"${published.length}"` } }),
    );
    for (let hour = 0; hour < 6; hour += 1) {
      published.push(`/h${hour}`);
      await feed.pollAfter(HOUR_MS);
    }
    isLying = true;
    published.push('/hidden');
    for (let hour = 0; hour < 4; hour += 1) await feed.pollAfter(HOUR_MS);
    expect(feed.queued()).not.toContain('https://news.example/hidden');
    await feed.pollAfter(HOUR_MS);
    expect(feed.queued()).toContain('https://news.example/hidden');
  });
});
