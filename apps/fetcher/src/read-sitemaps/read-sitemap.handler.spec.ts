import type { FetchOutcome } from '@broadsheet/http-client';
import { describe, expect, it } from 'vitest';
import { ROBOTS_DENIED } from '../obey-robots/robots-refusal.ts';
import {
  duePage,
  Effects,
  FakeFetcher,
  fetched,
  LEASE,
  NEVER,
  NOW_MS,
  READER,
  SURROUNDINGS,
} from '../testing/fakes.ts';
import { ReadSitemapHandler } from './read-sitemap.handler.ts';

const URL_OF_SITEMAP = 'https://news.example/s.xml';
const TODAY = new Date(NOW_MS).toISOString();
const PAGES =
  `<urlset><url><loc>/new</loc><lastmod>${TODAY}</lastmod></url>` +
  '<url><loc>/old</loc><lastmod>2020-01-01</lastmod></url></urlset>';
const INDEX = `<sitemapindex><sitemap><loc>/deeper.xml</loc><lastmod>${TODAY}</lastmod></sitemap></sitemapindex>`;

function sitemap(depth = 1, parts = {}) {
  return duePage({ url: URL_OF_SITEMAP, kind: 'sitemap', hints: { depth }, ...parts });
}

async function handle(outcome: FetchOutcome | null, page = sitemap()) {
  const effects = new Effects();
  const handler = new ReadSitemapHandler(
    new FakeFetcher(outcome),
    READER,
    effects.journal,
    SURROUNDINGS,
  );
  await handler.handle(LEASE, page, NEVER);
  return effects;
}

function answer(body: string, headers = {}): FetchOutcome {
  return fetched(body, { url: URL_OF_SITEMAP, headers });
}

describe('a sitemap', () => {
  it('gives its new pages, and its old ones to be remembered, before it is done', async () => {
    const effects = await handle(answer(PAGES, { etag: '"1"' }));
    expect(effects.log).toEqual(['add pages', 'news 1', 'end page done']);
    expect(effects.pages.map(({ url, refusal }) => [url, refusal])).toEqual([
      ['https://news.example/new', null],
      ['https://news.example/old', 'TOO_OLD'],
    ]);
    expect(effects.ends[0]?.record).toMatchObject({ etag: '"1"', dueAt: null });
  });

  it('that is an index leads on, but not for ever', async () => {
    const first = await handle(answer(INDEX), sitemap(1));
    expect(first.sitemaps).toMatchObject([
      { url: 'https://news.example/deeper.xml', hints: { depth: 2 } },
    ]);
    const last = await handle(answer(INDEX), sitemap(3));
    expect(last.sitemaps).toEqual([]);
  });

  it('is not read twice where its bytes are the same', async () => {
    const before = (await handle(answer(PAGES))).ends[0]?.record;
    const bodyHash = before?.kind === 'done' ? before.bodyHash : null;
    expect((await handle(answer(PAGES), sitemap(1, { bodyHash }))).log).toEqual(['end page done']);
  });

  it('says what it is where it is none, and is left alone where it is forbidden', async () => {
    expect((await handle(answer('<p>'))).ends[0]?.record).toMatchObject({
      kind: 'given-up',
      code: 'NOT_A_SITEMAP',
    });
    const effects = new Effects();
    const fetcher = new FakeFetcher(answer(PAGES));
    const handler = new ReadSitemapHandler(fetcher, READER, effects.journal, SURROUNDINGS);
    await handler.refuse(LEASE, sitemap(), ROBOTS_DENIED);
    expect(effects.ends[0]?.record).toMatchObject({ kind: 'given-up', code: 'ROBOTS_DENIED' });
    expect(fetcher.requests).toEqual([]);
  });
});

it('a sitemap that waits for the turn of another host has no end yet', async () => {
  const effects = await handle(null);
  expect(effects.log).toEqual([]);
});
