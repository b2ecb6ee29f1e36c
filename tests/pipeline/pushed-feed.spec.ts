import { GatewayClient, SiteServer, waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { Hub } from './hub.ts';
import { asPage, story } from './story.ts';

const gatewayUrl = inject('systemGatewayUrl');
const gateway = new GatewayClient(gatewayUrl);
const forged = story('forgedpush');
const told = story('signedpush');
let site: SiteServer;
let hub: Hub;

function feedOf(serial: string): string {
  const link = `${site.origin}/town/${serial}`;
  return `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>The Harbour Paper</title><link>${site.origin}/</link><atom:link rel="hub" href="/hub"/>
<atom:link rel="self" href="/feed.xml"/><item><title>News</title><link>${link}</link></item></channel></rss>`;
}

beforeAll(async () => {
  site = await SiteServer.start();
  hub = new Hub(site);
  const headers = { 'content-type': 'application/rss+xml' };
  site.on('/feed.xml', { headers, body: feedOf('nothing-yet') });
  for (const one of [forged, told]) {
    const page = { 'content-type': 'text/html; charset=utf-8' };
    site.on(`/town/${one.serial}`, { headers: page, body: asPage(one) });
  }
});
afterAll(() => site.stop());

it('a hub that was asked through the callback brings articles by signed pushes alone', async () => {
  const added = await fetch(`${gatewayUrl}/api/v1/sources`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${site.origin}/feed.xml` }),
  });
  expect(added.status).toBe(201);
  const { secret, topic } = await waitFor(() => hub.subscriber ?? undefined, {
    timeoutMs: 60_000,
    what: 'a subscriber that echoes the challenge',
  });
  expect(topic).toBe(`${site.origin}/feed.xml`);

  // What is forged is taken like the other, so that whoever guesses learns nothing, and left out.
  expect(await hub.push(feedOf(forged.serial), `${secret}x`)).toBe(202);
  expect(await hub.push(feedOf(told.serial), secret)).toBe(202);
  const article = await gateway.findOne({ q: told.serial }, 45_000);
  expect(article).toMatchObject({ title: told.title, url: `${site.origin}/town/${told.serial}` });
  // Pushes are heard in their order: the first would have been fetched by now.
  expect(site.requestsFor(`/town/${forged.serial}`)).toEqual([]);
  expect(site.requestsFor('/feed.xml')).toHaveLength(1);
  expect(hub.refusal).toBeNull();
});
