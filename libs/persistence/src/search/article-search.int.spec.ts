import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { segmentForSearch } from '@broadsheet/text';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { QueryMalformed } from '../persistence.errors.ts';
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

const TYPED =
  `boat| |"|-|(|)|or|the|fire*|title:|site:city.example|'); DROP TABLE article; --|:A|\\|港`.split(
    '|',
  );

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
  pool = database.openPool();
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

afterAll(() => database.drop());

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
    ['"running boats"', []],
    ['title:harbour', ['Harbour fire']],
    ['title:"harbour fire" burned', ['Harbour fire']],
    ['title:(ferry or fire)', ['Harbour fire', 'Ferry returns']],
    ['boat (ferry or burned)', ['Harbour fire', 'Ferry returns']],
    ['boat -(ferry or missing)', ['Harbour fire']],
    ['boat site:COAST.example', ['Ferry returns']],
    ['boat -site:coast.example', ['Harbour fire']],
    ['site:city.example or title:ferry', ['Harbour fire', 'Ferry returns']],
    ['(site:coast.example or language:ja) (boat or 東京)', ['東京の港', 'Ferry returns']],
    ['source:"The Coast"', ['Ferry returns']],
    ['author:"ADA example" boat', ['Ferry returns']],
    ['category:crime -title:ferry', ['Harbour fire']],
    ['boat or (the site:city.example)', ['Harbour fire', 'Ferry returns']],
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

  it('finds by what must not be there alone', async () => {
    const found = await titles({ q: '-boat -words' });
    expect(found).toEqual(['東京の港', 'Die Fähren laufen aus']);
    expect(await titles({ q: '-boat -words', sort: 'relevance' })).toEqual(found);
  });

  it.each([
    [{ q: 'boat (fire' }, 'q', 5],
    [{ title: 'a fire "boat' }, 'title', 7],
    [{ q: `港${'港'.repeat(300)}` }, 'q', 0],
  ])('says where %j cannot be read', async (search, parameter, position) => {
    const refusal = await titles(search).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(QueryMalformed);
    expect(refusal).toMatchObject({ parameter, position, code: 'QUERY_MALFORMED' });
  });

  it('takes anything that is typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 30 }),
          fc.string({ unit: fc.constantFrom(...`'"\\-*|&!()<>: aor`), maxLength: 20 }),
          fc.array(fc.constantFrom(...TYPED), { maxLength: 12 }).map((parts) => parts.join('')),
        ),
        async (q) => {
          const search = { ...PLAIN, q, highlight: true, count: 'exact' } as const;
          const page = await reader
            .search({ ...search, sort: 'relevance', facets: ['author'] })
            .catch((error: unknown) => {
              if (error instanceof QueryMalformed) return null;
              throw error;
            });
          expect(page?.hits.length ?? 0).toBe(page?.total?.value ?? 0);
        },
      ),
      { numRuns: 300 },
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

  it('of copies leaves the earliest, where they are not wanted', async () => {
    const copy = { title: 'Copied', text: 'One text of several sites.', hour: 2 };
    const arrivals = ['a', 'b'].map((name) =>
      articleArrival({ ...copy, site: `${name}.example`, publishedAt: '2020-01-01T00:00:00Z' }),
    );
    for (const [hour, arrival] of arrivals.entries()) {
      const clock = () => new Date(Date.UTC(2026, 4, 1, hour));
      await new ArticleWriter(pool, clock).apply([arrival]);
    }
    const found = async (search: Partial<ArticleSearch>) =>
      (await reader.search({ ...PLAIN, to: '2021-01-01T00:00:00Z', ...search })).hits.map(
        ({ article }) => article.site,
      );
    expect((await found({})).toSorted()).toEqual(['a.example', 'b.example']);
    expect(await found({ duplicates: 'hide' })).toEqual(['a.example']);
    expect(await found({ duplicates: 'hide', q: '"one text"' })).toEqual(['a.example']);
    expect(await found({ duplicates: 'hide', q: 'several', site: 'b.example' })).toEqual([]);
    await pool.query(`DELETE FROM article WHERE title = 'Copied'`);
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

describe('summaries', () => {
  const summaryOf = async (search: Partial<ArticleSearch>) =>
    (await reader.search({ ...PLAIN, limit: 1, ...search })).summary;

  it('count the matches by each facet that was asked for', async () => {
    const facets = ['site', 'source', 'language', 'author', 'category'] as const;
    expect(await summaryOf({ q: 'boat', facets })).toEqual({
      facets: {
        site: [
          { value: 'city.example', count: 1 },
          { value: 'coast.example', count: 1 },
        ],
        source: [{ value: 'The Coast', count: 1 }],
        language: [{ value: 'en', count: 2 }],
        author: [{ value: 'Ada Example', count: 1 }],
        category: [
          { value: 'Crime', count: 1 },
          { value: 'Travel', count: 1 },
        ],
      },
      histogram: null,
      isSampled: false,
    });
  });

  it('count by time, also where there are no words', async () => {
    expect(await summaryOf({ histogram: 'month', to: '2026-04-03T00:00:00Z' })).toEqual({
      facets: {},
      histogram: [{ at: '2026-04-01T00:00:00Z', count: 2 }],
      isSampled: false,
    });
    const days = await summaryOf({ q: 'boat', histogram: 'day' });
    expect(days?.histogram?.map(({ at }) => at)).toEqual([
      '2026-04-01T00:00:00Z',
      '2026-04-02T00:00:00Z',
    ]);
  });

  it('are empty where nothing was found, and absent where none was asked for', async () => {
    expect(await summaryOf({ q: 'the', facets: ['site'], histogram: 'week' })).toEqual({
      facets: { site: [] },
      histogram: [],
      isSampled: false,
    });
    expect(await summaryOf({ q: 'boat' })).toBeNull();
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
