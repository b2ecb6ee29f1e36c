import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { segmentForSearch } from '@broadsheet/text';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { createPool } from '../database/pool.ts';
import {
  type ArticleSearch,
  HIGHLIGHT_END,
  HIGHLIGHT_START,
  type SearchPosition,
} from './article-search.ts';

const NOW = new Date('2026-05-02T00:00:00Z');
const PLAIN = { sort: 'published', limit: 50, highlight: false, count: 'none' } as const;

let database: TestDatabase;
let pool: Pool;
let reader: ArticleReader;

const CORPUS = [
  {
    title: 'Ferry returns',
    text: 'The running of boats in the harbour.',
    site: 'coast.example',
    source: { id: 'coast', name: 'The Coast' },
    authors: ['Ada Example'],
    categories: ['Travel'],
    publishedAt: '2026-04-01T00:00:00.000123Z',
  },
  {
    title: 'Harbour fire',
    text: 'A boat burned <b>while</b> running aground.',
    site: 'city.example',
    section: 'Crime',
    publishedAt: '2026-04-02T00:00:00Z',
  },
  {
    title: 'Die Fähren laufen aus',
    text: 'Die Häuser am Hafen und der running gag.',
    language: 'de',
    publishedAt: '2026-04-03T00:00:00Z',
  },
  {
    title: '東京の港',
    text: '船が東京の港に戻りました。',
    language: 'ja',
    publishedAt: '2026-04-04T00:00:00Z',
  },
  { title: 'Nothing at all', text: 'A list of words.', language: 'en-GB', publishedAt: null },
] as const;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(
    {
      url: database.url,
      applicationName: 'search-spec',
      maxConnections: 4,
      statementTimeoutMs: 10_000,
    },
    () => undefined,
  );
  reader = new ArticleReader(pool, () => NOW);
  const arrivals = CORPUS.map((given) => {
    const { article } = articleArrival(given as Parameters<typeof articleArrival>[0]);
    const segment = (text: string) => segmentForSearch(text, article.language);
    return {
      article,
      search: { title: segment(article.title), description: '', body: segment(article.text) },
    };
  });
  await new ArticleWriter(pool).apply(arrivals);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function titles(search: Partial<ArticleSearch>): Promise<string[]> {
  const page = await reader.search({ ...PLAIN, ...search });
  return page.hits.map(({ article }) => article.title);
}

describe('words', () => {
  it.each<[string, string[]]>([
    ['boats', ['Harbour fire', 'Ferry returns']],
    ['"running of boats"', ['Ferry returns']],
    ['boat -fire', ['Ferry returns']],
    ['ferry or fire', ['Harbour fire', 'Ferry returns']],
    ['harb*', ['Harbour fire', 'Ferry returns']],
    ['Haus', ['Die Fähren laufen aus']],
    ['東京', ['東京の港']],
    ['the', []],
    ['!!!', []],
  ])('finds %j', async (q, expected) => {
    expect(await titles({ q })).toEqual(expected);
    expect((await titles({ q, sort: 'relevance' })).sort()).toEqual([...expected].sort());
  });

  it('reads -word by the rules of each language', async () => {
    // In English `running` is stored as `run`; by the German rules it would not be found there.
    expect(await titles({ q: 'boat -running' })).toEqual([]);
  });

  it('looks into titles alone', async () => {
    expect(await titles({ title: 'harbour' })).toEqual(['Harbour fire']);
    expect(await titles({ title: 'fire', q: 'boat' })).toEqual(['Harbour fire']);
  });

  it('takes anything that is typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 30 }),
          fc.string({ unit: fc.constantFrom(...`'"\\-*|&!()<>: aor`), maxLength: 20 }),
        ),
        async (q) => {
          await reader.search({ ...PLAIN, q, title: q, sort: 'relevance', highlight: true });
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('filters', () => {
  it.each<[string, Partial<ArticleSearch>, string[]]>([
    ['site', { site: 'coast.example' }, ['Ferry returns']],
    ['source by id', { source: 'coast' }, ['Ferry returns']],
    ['source by name', { source: 'The Coast' }, ['Ferry returns']],
    ['author', { author: 'ada example' }, ['Ferry returns']],
    ['category', { category: 'travel' }, ['Ferry returns']],
    ['section', { category: 'crime' }, ['Harbour fire']],
    ['language', { language: 'de' }, ['Die Fähren laufen aus']],
    ['language with regions', { language: 'EN', q: 'words' }, ['Nothing at all']],
    ['from, to', { from: '2026-04-02T00:00:00Z', to: '2026-04-03T00:00:00Z' }, ['Harbour fire']],
  ])('by %s', async (_name, search, expected) => {
    expect(await titles(search)).toEqual(expected);
  });

  it('counts what was found', async () => {
    const counted = async (count: ArticleSearch['count'], q?: string) =>
      (await reader.search({ ...PLAIN, ...(q === undefined ? {} : { q }), count, limit: 1 })).total;
    expect(await counted('exact')).toEqual({ value: 5, relation: 'exact' });
    expect(await counted('capped', 'boat')).toEqual({ value: 2, relation: 'exact' });
    expect(await counted('exact', 'the')).toEqual({ value: 0, relation: 'exact' });
    expect(await counted('none')).toBeNull();
  });
});

describe('pages', () => {
  it.each(['published', 'seen', 'relevance'] as const)(
    'show each article once when sorted by %s',
    async (sort) => {
      const search = { ...PLAIN, q: 'running or 東京 or words', sort, limit: 1 };
      const seen: string[] = [];
      let after: SearchPosition | undefined;
      do {
        const page = await reader.search({ ...search, ...(after ? { after } : {}) });
        seen.push(...page.hits.map(({ article }) => article.id));
        after = page.next ?? undefined;
      } while (after && seen.length < 20);
      expect(seen).toHaveLength(5);
      expect(new Set(seen).size).toBe(5);
    },
  );

  it('sort by the day of publication, the newest first', async () => {
    expect((await titles({})).slice(1, 3)).toEqual(['東京の港', 'Die Fähren laufen aus']);
  });
});

describe('highlights', () => {
  it('mark the matches and leave the rest for escaping', async () => {
    const { hits } = await reader.search({ ...PLAIN, q: 'burned fire', highlight: true });
    expect(hits[0]?.highlight).toEqual({
      title: `Harbour ${HIGHLIGHT_START}fire${HIGHLIGHT_END}`,
      text: `A boat ${HIGHLIGHT_START}burned${HIGHLIGHT_END} <b>while</b> running aground.`,
    });
  });
});
