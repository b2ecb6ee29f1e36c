import { GatewayClient, openRawTopic, type RawTopic, waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asAgencyText, type Story, story } from './story.ts';

const baseUrl = inject('systemGatewayUrl');
const gateway = new GatewayClient(baseUrl);
let raw: RawTopic;

beforeAll(async () => {
  raw = await openRawTopic(inject('systemBrokers'));
});
afterAll(() => raw.close());

interface ChangePage {
  readonly items: readonly { readonly articleId: string; readonly kind: string }[];
  readonly next: string;
}

const pushFetchedAt = (told: Story, url: string, fetchedAt: string) =>
  raw.push({
    value: JSON.stringify({
      url,
      fetchedAt,
      contentType: 'text/plain',
      content: asAgencyText(told),
    }),
  });

async function kindsOf(url: string): Promise<unknown[]> {
  const trail = await gateway.trailOfUrl(url);
  return trail.filter(({ step }) => step === 'indexed').map(({ detail }) => detail['kind']);
}

async function stored(url: string, count: number): Promise<unknown[]> {
  const what = `${count} indexed steps of ${url}`;
  return waitFor(
    async () => {
      const kinds = await kindsOf(url);
      return kinds.length >= count && kinds;
    },
    { timeoutMs: 30_000, what },
  );
}

async function changesOf(articleId: string, from: string): Promise<string[]> {
  const kinds: string[] = [];
  let after = from;
  for (;;) {
    const page = await gateway.getJson<ChangePage>(`/api/v1/changes?after=${after}&limit=500`);
    if (page.items.length === 0) return kinds;
    kinds.push(...page.items.filter((one) => one.articleId === articleId).map(({ kind }) => kind));
    after = page.next;
  }
}

describe('the history of an article', () => {
  it('is told as changes and as a diff, and ends for ever with its deletion', async () => {
    const url = 'https://news.example.org/history/deleted';
    await pushFetchedAt(story('stonebridge'), url, '2026-03-03T01:00:00Z');
    await stored(url, 1);
    await pushFetchedAt(story('woodbridge'), url, '2026-03-03T02:00:00Z');
    expect(await stored(url, 2)).toEqual(['created', 'revised']);
    const { id } = await gateway.findOne({ url });
    expect(await gateway.getJson(`/api/v1/articles/${id}/diff`)).toMatchObject({
      from: 1,
      to: 2,
      title: {
        parts: [
          { op: 'equal', text: 'Council votes to rebuild the ' },
          { op: 'removed', text: 'stonebridge' },
          { op: 'added', text: 'woodbridge' },
          { op: 'equal', text: ' bridge' },
        ],
      },
    });

    const answer = await fetch(`${baseUrl}/api/v1/articles/${id}`, { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expect((await fetch(`${baseUrl}/api/v1/articles/${id}`)).status).toBe(410);
    await pushFetchedAt(story('ironbridge'), url, '2026-03-03T03:00:00Z');
    expect((await stored(url, 3)).at(-1)).toBe('outdated');
    expect(await gateway.search({ url })).toEqual([]);
    expect((await gateway.trailOfUrl(url)).map(({ step }) => step)).toContain('deleted');
    expect(await changesOf(id, '0')).toEqual(['created', 'revised', 'deleted']);
  });

  it('survives an export and an import without a new revision', async () => {
    const url = 'https://news.example.org/history/exported';
    const told = story('exportbridge');
    await pushFetchedAt(told, url, '2026-03-03T01:00:00Z');
    await stored(url, 1);
    const before = await gateway.findOne({ url });
    const exported = await fetch(`${baseUrl}/api/v1/export?url=${encodeURIComponent(url)}`);
    const imported = await fetch(`${baseUrl}/api/v1/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: await exported.text(),
    });
    expect(await imported.json()).toMatchObject({ line: 1, status: 'accepted', id: before.id });
    const kinds = await stored(url, 2);
    expect(kinds[1]).toMatch(/^(?:unchanged|refreshed)$/);
    const { title, text, publishedAt, publishedAtPrecision, revision } = before;
    expect(await gateway.findOne({ url })).toMatchObject({
      title,
      text,
      publishedAt,
      publishedAtPrecision,
      revision,
    });
  });

  it('is a feed too', async () => {
    const url = 'https://news.example.org/history/feed';
    // Feeds leave out copies, and the stories of these tests copy one another but for a word.
    const paragraphs = [
      'HARBOUR TOWN: A feedbridge of planks now leads over the stream behind the mill, where the farmers of both banks bring oats and hay to the animals of the other side.',
      'It was put together in a week by the pupils of the trade school, who had measured the banks in autumn and cut the wood over the winter in their own workshop.',
      'Nobody pays to cross. The school asks only that carts keep to the left and that the gate is closed behind the sheep, which have found the way by themselves.',
    ];
    await pushFetchedAt({ ...story('feedbridge'), paragraphs }, url, '2026-03-03T01:00:00Z');
    await stored(url, 1);
    const feed = await (await fetch(`${baseUrl}/feeds/search.rss?q=feedbridge`)).text();
    expect(feed).toContain('<title>Council votes to rebuild the feedbridge bridge</title>');
    expect(feed).toContain('<pubDate>Tue, 03 Mar 2026 00:00:00 GMT</pubDate>');
  });
});
