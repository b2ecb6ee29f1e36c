import {
  GatewayClient,
  openRawTopic,
  type RawTopic,
  waitFor,
  withoutStory,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asAgencyText, asPage, type Story, story } from './story.ts';

const gateway = new GatewayClient(inject('systemGatewayUrl'));
let raw: RawTopic;

beforeAll(async () => {
  raw = await openRawTopic(inject('systemBrokers'));
});
afterAll(() => raw.close());

const pushFetchedAt = (told: Story, url: string, fetchedAt: string) =>
  raw.push({
    value: JSON.stringify({
      url,
      fetchedAt,
      contentType: 'text/plain',
      content: asAgencyText(told),
    }),
  });

async function kindOf(url: string, record: string): Promise<unknown> {
  const step = await waitFor(
    async () =>
      (await gateway.trailOfUrl(url)).find(
        (each) => each.step === 'indexed' && each.record === record,
      ),
    { timeoutMs: 20_000, what: `the indexed step of ${record}` },
  );
  return step.detail['kind'];
}

describe('versions of one article', () => {
  it('A fetched at one, A at three, then a late B of two: A stays', async () => {
    const url = 'https://news.example.org/versions/late';
    const [a, b] = [story('versiona'), story('versionb')];
    const kinds = [];
    for (const [told, at] of [
      [a, '2026-03-03T01:00:00Z'],
      [a, '2026-03-03T03:00:00Z'],
      [b, '2026-03-03T02:00:00Z'],
    ] as const) {
      kinds.push(await kindOf(url, await pushFetchedAt(told, url, at)));
    }
    expect(kinds).toEqual(['created', 'unchanged', 'outdated']);
    expect(await gateway.search({ url })).toMatchObject([{ title: a.title, revision: 1 }]);
  });

  it('a newer text is a second revision, and the first can still be read', async () => {
    const url = 'https://news.example.org/versions/revised';
    const [a, b] = [story('draftone'), story('drafttwo')];
    await kindOf(url, await pushFetchedAt(a, url, '2026-03-03T01:00:00Z'));
    const kind = await kindOf(url, await pushFetchedAt(b, url, '2026-03-03T02:00:00Z'));
    expect(kind).toBe('revised');
    const article = await gateway.findOne({ url });
    expect(article).toMatchObject({ title: b.title, revision: 2 });
    const { items } = await gateway.getJson<{ items: { revision: number; title: string }[] }>(
      `/api/v1/articles/${article.id}/revisions`,
    );
    expect(items.map(({ revision, title }) => [revision, title])).toEqual([
      [2, b.title],
      [1, a.title],
    ]);
    expect(await gateway.getJson(`/api/v1/articles/${article.id}/revisions/1`)).toMatchObject({
      revision: 1,
      title: a.title,
      text: a.text,
    });
  });
});

describe('two addresses of one article', () => {
  const withCanonical = (told: Story, canonical: string) =>
    asPage(told).replace('</head>', `<link rel="canonical" href="${canonical}"></head>`);

  it.each(['canonical first', 'alternate first'])(
    '%s: one article, found by both',
    async (order) => {
      const told = story(`twoaddresses${order.slice(0, 4)}`);
      const canonical = `https://news.example.org/addresses/${told.serial}`;
      const alternate = `https://news.example.org/print/${told.serial}?view=print`;
      const page = withCanonical(told, canonical);
      const urls = order === 'canonical first' ? [canonical, alternate] : [alternate, canonical];
      for (const url of urls) await kindOf(url, await raw.push({ key: url, value: page }));
      const [byCanonical, byAlternate] = [
        await gateway.search({ url: canonical }),
        await gateway.search({ url: alternate }),
      ];
      expect(byCanonical).toHaveLength(1);
      expect(byAlternate.map(withoutStory)).toEqual(byCanonical.map(withoutStory));
      expect(await gateway.search({ q: told.serial })).toHaveLength(1);
    },
  );

  it('an alternate that did not know its canonical address is marked as its duplicate later', async () => {
    const told = story('lateknown');
    const canonical = `https://news.example.org/addresses/${told.serial}`;
    const alternate = `https://news.example.org/print/${told.serial}`;
    await kindOf(alternate, await raw.push({ key: alternate, value: asPage(told) }));
    const page = withCanonical(told, canonical);
    await kindOf(canonical, await raw.push({ key: alternate, value: page }));
    const main = (await gateway.search({ url: canonical })).map(withoutStory);
    expect(main).toHaveLength(1);
    for (const query of [{ url: alternate }, { q: told.serial }]) {
      expect((await gateway.search(query)).map(withoutStory)).toEqual(main);
    }
  });
});
