import { createHmac } from 'node:crypto';
import type { HubMessage, KnownSubscription } from '@broadsheet/persistence';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../testing/gateway-under-test.ts';
import { ReceivePushHandler } from './receive-push.handler.ts';

const TOPIC = 'https://news.example/feed';
const KNOWN = { sourceId: '11111111-1111-4111-8111-111111111111', topic: TOPIC, secret: 'secret' };
const NOW = new Date('2026-01-15T12:00:00.000Z');
const BODY = Buffer.from('<rss/>');
const SIGNATURE = `sha256=${createHmac('sha256', 'secret').update(BODY).digest('hex')}`;

function handlerFor(known: KnownSubscription | null = KNOWN) {
  const messages: HubMessage[] = [];
  const store = {
    findByToken: () => Promise.resolve(known),
    add: (message: HubMessage) => Promise.resolve(void messages.push(message)),
  };
  return { messages, handler: new ReceivePushHandler(store, () => NOW) };
}

const asks = (mode: string, topic = TOPIC) => ({
  mode,
  topic,
  challenge: 'abc',
  leaseSeconds: 600,
});
const pushes = (signature: string | undefined) => ({
  body: BODY,
  contentType: 'application/rss+xml',
  signature,
});

describe('a hub that asks', () => {
  it('whether a subscription was wanted hears its challenge, and the fetcher of the lease', async () => {
    const { handler, messages } = handlerFor();
    expect(await handler.verify('t', asks('subscribe'))).toBe('abc');
    const { sourceId } = KNOWN;
    expect(messages).toEqual([{ sourceId, receivedAt: NOW, kind: 'confirmed', leaseSeconds: 600 }]);
  });

  it('and denies one is heard', async () => {
    const { handler, messages } = handlerFor();
    await handler.verify('t', asks('denied'));
    expect(messages).toMatchObject([{ kind: 'denied' }]);
  });

  it.each([
    ['another topic', asks('subscribe', 'https://other.example/')],
    ['to unsubscribe', asks('unsubscribe')],
    ['what is no mode', asks('x')],
  ])('about %s is sent away', async (_what, question) => {
    const { handler, messages } = handlerFor();
    await expect(handler.verify('t', question)).rejects.toMatchObject({
      status: 404,
      code: 'SUBSCRIPTION_NOT_FOUND',
    });
    expect(messages).toEqual([]);
  });

  it('about a subscription that nobody has is sent away', async () => {
    const { handler } = handlerFor(null);
    await expect(handler.verify('t', asks('subscribe'))).rejects.toMatchObject({ status: 404 });
  });
});

describe('a hub that pushes', () => {
  it('content with its signature gives it to the fetcher as it is', async () => {
    const { handler, messages } = handlerFor();
    await handler.receive('t', pushes(SIGNATURE));
    expect(messages).toMatchObject([
      { kind: 'content', body: BODY, contentType: 'application/rss+xml' },
    ]);
  });

  it.each([undefined, 'sha256=00', SIGNATURE.replace('sha256', 'sha512')])(
    'content under %s is left out without a word',
    async (signature) => {
      const { handler, messages } = handlerFor();
      await handler.receive('t', pushes(signature));
      expect(messages).toEqual([]);
    },
  );

  it('to nobody is told to stop', async () => {
    const { handler } = handlerFor(null);
    await expect(handler.receive('t', pushes(SIGNATURE))).rejects.toMatchObject({ status: 410 });
  });
});

describe('GET and POST /websub/{token}', () => {
  const headers = { host: 'localhost:8080' };

  it('answer hubs over HTTP, and refuse what is no token', async () => {
    const { app } = await startGateway();
    const url = `/websub/${'0'.repeat(64)}`;
    const asked = await app.inject({
      url: `${url}?hub.mode=subscribe&hub.topic=x&hub.challenge=y`,
      headers,
    });
    expect(asked.json()).toMatchObject({ status: 404, code: 'SUBSCRIPTION_NOT_FOUND' });
    const pushed = await app.inject({ method: 'POST', url, headers, payload: '<rss/>' });
    expect(pushed.statusCode).toBe(410);
    const none = await app.inject({ url: '/websub/x?hub.mode=subscribe', headers });
    expect(none.statusCode).toBe(400);
    await app.close();
  });
});
