import type { FetchRequest } from '@broadsheet/http-client';
import type { DueSubscription, HubMessage, SubscriptionRequest } from '@broadsheet/persistence';
import { describe, expect, it } from 'vitest';
import { Effects, fetched, NEVER, NOW_MS, READER, SURROUNDINGS } from '../testing/fakes.ts';
import { SubscribeHubsHandler } from './subscribe-hubs.handler.ts';

const HOUR_MS = 3_600_000;
const FEED_URL = 'https://news.example/feed';
const SOURCE_ID = '11111111-1111-4111-8111-111111111111';
const FEED =
  '<rss version="2.0"><channel><title>News</title><item><title>One</title><link>/one</link></item></channel></rss>';

function due(parts: Partial<DueSubscription> = {}): DueSubscription {
  const hub = 'https://hub.example/';
  const first = { token: null, secret: null, failures: 0 };
  return { sourceId: SOURCE_ID, hub, topic: FEED_URL, ...first, ...parts };
}

function content(body: string): HubMessage {
  const receivedAt = new Date(NOW_MS);
  const contentType = 'application/rss+xml';
  return { sourceId: SOURCE_ID, kind: 'content', contentType, body: Buffer.from(body), receivedAt };
}

/** Everything that has an effect, in order. */
function hubs(given: {
  due?: readonly DueSubscription[];
  message?: HubMessage;
  isFirst?: boolean;
}) {
  const log: string[] = [];
  const sent: FetchRequest[] = [];
  const requests: SubscriptionRequest[] = [];
  const dropped: unknown[] = [];
  const effects = new Effects();
  const done = (what: string) => Promise.resolve(void log.push(what));
  const store = {
    due: () => Promise.resolve(given.due ?? []),
    request: (request: SubscriptionRequest) => {
      requests.push(request);
      log.push('request');
      return Promise.resolve(given.isFirst ?? true);
    },
    confirm: (_id: string, until: Date) =>
      done(`confirm ${(until.getTime() - NOW_MS) / HOUR_MS} h`),
    deny: () => done('deny'),
    addressOf: () => Promise.resolve(FEED_URL),
    takeMessage: async (work: (message: HubMessage) => Promise<void>) => {
      if (given.message === undefined) return false;
      await work(given.message);
      log.push('remove');
      return true;
    },
  };
  const fetcher = {
    fetch: (request: FetchRequest) => {
      sent.push(request);
      log.push('send');
      return Promise.resolve(fetched(''));
    },
  };
  const settings = {
    ...SURROUNDINGS,
    callbackUrl: 'https://own.example/anything',
    newSecret: () => 'f'.repeat(64),
    onDropped: (error: unknown) => void dropped.push(error),
  };
  const edges = { fetcher, store, reader: READER, queue: effects.journal };
  return {
    handler: new SubscribeHubsHandler(edges, settings),
    log,
    sent,
    requests,
    dropped,
    effects,
  };
}

describe('a subscription', () => {
  it('is remembered before the hub is asked, which may call back before it answers', async () => {
    const { handler, log, sent, requests } = hubs({ due: [due()] });
    await handler.subscribe(NEVER);
    expect(log).toEqual(['request', 'send']);
    expect(requests).toMatchObject([{ failures: 1, renewAt: new Date(NOW_MS + HOUR_MS) }]);
    expect(sent[0]).toMatchObject({
      url: 'https://hub.example/',
      form: {
        'hub.mode': 'subscribe',
        'hub.topic': FEED_URL,
        'hub.callback': `https://own.example/websub/${'f'.repeat(64)}`,
      },
    });
  });

  it('that another fetcher has requested meanwhile is not requested twice', async () => {
    const { handler, log } = hubs({ due: [due()], isFirst: false });
    await handler.subscribe(NEVER);
    expect(log).toEqual(['request']);
  });

  it('is renewed under its token and secret', async () => {
    const { handler, requests } = hubs({ due: [due({ token: 'a', secret: 'b' })] });
    await handler.subscribe(NEVER);
    expect(requests).toMatchObject([{ token: 'a', secret: 'b' }]);
  });
});

describe('what a hub says', () => {
  it.each([
    [{ kind: 'confirmed' as const, leaseSeconds: 86_400 }, 'confirm 24 h'],
    [{ kind: 'denied' as const }, 'deny'],
  ])('is kept: %j', async (said, effect) => {
    const message = { sourceId: SOURCE_ID, receivedAt: new Date(NOW_MS), ...said };
    const { handler, log } = hubs({ message });
    expect(await handler.takeMessage()).toBe(true);
    expect(log).toEqual([effect, 'remove']);
  });

  it('is read like a poll, and counts as news, before it is removed', async () => {
    const { handler, log, effects } = hubs({ message: content(FEED) });
    await handler.takeMessage();
    expect(effects.pages.map(({ url }) => url)).toEqual(['https://news.example/one']);
    expect([...effects.log, ...log]).toEqual(['add pages', 'news 1', 'remove']);
  });

  it('is left to the next poll where it is no feed', async () => {
    const { handler, log, effects } = hubs({ message: content('<html></html>') });
    await handler.takeMessage();
    expect([log, effects.log]).toEqual([['remove'], []]);
  });

  it('stays until an outage is over, and goes where it is itself the trouble', async () => {
    const troubled = hubs({ message: content(FEED) });
    troubled.effects.failing = 'add pages';
    await troubled.handler.takeMessage();
    expect(troubled.dropped).toHaveLength(1);
    expect(troubled.log).toEqual(['remove']);
    const away = hubs({ message: content(FEED) });
    const outage = Object.assign(new Error('away'), { retry: 'later' });
    away.effects.journal.knownPages = () => Promise.reject(outage);
    await expect(away.handler.takeMessage()).rejects.toBe(outage);
    expect(away.log).toEqual([]);
  });
});
