import { conditionalAnswer, GatewayClient, SiteServer, waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPage, story } from './story.ts';

const gateway = new GatewayClient(inject('systemGatewayUrl'));
const told = story('followed');
let site: SiteServer;

beforeAll(async () => {
  site = await SiteServer.start();
  const link = `${site.origin}/town/${told.serial}`;
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>The Town Paper</title>
<link>${site.origin}/</link><item><title>${told.title}</title><link>${link}</link>
<category>Town</category></item></channel></rss>`;
  site.on('/feed.xml', conditionalAnswer('"1"', { 'content-type': 'application/rss+xml' }, feed));
  site.on(`/town/${told.serial}`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: asPage(told),
  });
});
afterAll(() => site.stop());

describe('a feed that is followed', () => {
  it('brings its pages into the search, with what the feed said of them', async () => {
    const answer = await fetch(`${inject('systemGatewayUrl')}/api/v1/sources`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${site.origin}/feed.xml`, name: 'The Town Paper' }),
    });
    expect(answer.status).toBe(201);
    const article = await gateway.findOne({ q: told.serial }, 60_000);
    expect(article).toMatchObject({
      title: told.title,
      text: told.text,
      url: `${site.origin}/town/${told.serial}`,
      categories: ['Town'],
    });
    // The steps of other services come by a topic of their own.
    const url = `${site.origin}/town/${told.serial}`;
    await waitFor(
      async () => {
        const steps = new Set((await gateway.trailOfUrl(url)).map(({ step }) => step));
        return ['fetched', 'parsed', 'indexed'].every((step) => steps.has(step));
      },
      { timeoutMs: 30_000, what: 'every step on the trail' },
    );
  });
});
