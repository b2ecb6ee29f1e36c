import { DatabaseUnavailable, QueryMalformed, QueryTimedOut } from '@broadsheet/persistence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressId } from '@broadsheet/article';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { ProblemDocument } from '../http/problem-document.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';
import { ARTICLE_FIELDS } from './article-view.ts';
import { SearchAnswerSchema } from './search-articles.controller.ts';

let gateway: GatewayUnderTest;

beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.app.close());

function search(query: Record<string, string | string[]> = {}) {
  const headers = { host: 'localhost:8080' };
  return gateway.app.inject({ url: '/api/v1/articles', query, headers });
}

const next = { sort: 'published', at: '2024-07-15T00:00:00.000Z', id: storedArticle().id } as const;

function foundOne(): void {
  const hit = { article: storedArticle(), score: null, highlight: null };
  gateway.store.page = { hits: [hit], next, total: null, summary: null };
}

describe('searching articles', () => {
  it('answers as documented, with exactly the fields of an article', async () => {
    foundOne();
    const answer = await search();
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    const page = SearchAnswerSchema.parse(answer.json());
    expect(Object.keys(page.items[0] ?? {}).toSorted()).toEqual([...ARTICLE_FIELDS].toSorted());
    expect(answer.json()).not.toHaveProperty('count');
  });

  it('answers nothing found with an empty list', async () => {
    expect((await search({ q: 'nothing' })).json()).toEqual({ items: [], next: null });
  });

  it('hands every filter to the store', async () => {
    await search({
      q: ' bridge "open again" -rail ',
      title: 'bridge',
      site: 'news.example',
      source: 'Example News',
      language: 'en',
      author: 'A. Writer',
      category: 'local',
      from: '2024-07-01',
      to: '2024-07-15',
      sort: 'seen',
      limit: '7',
      count: 'capped',
      highlight: 'true',
    });
    expect(gateway.store.searches).toEqual([
      {
        q: 'bridge "open again" -rail',
        title: 'bridge',
        site: 'news.example',
        source: 'Example News',
        language: 'en',
        author: 'A. Writer',
        category: 'local',
        from: '2024-07-01T00:00:00.000Z',
        to: '2024-07-16T00:00:00.000Z',
        sort: 'seen',
        limit: 7,
        count: 'capped',
        highlight: true,
      },
    ]);
  });

  it('hides copies where it is asked to, and keeps the pages of both apart', async () => {
    foundOne();
    const { next: cursor } = (await search({ duplicates: 'hide' })).json<{ next: string }>();
    expect(gateway.store.searches[0]).toMatchObject({ duplicates: 'hide' });
    expect((await search({ duplicates: 'show', cursor })).statusCode).toBe(400);
  });

  it('ranks by relevance where there are words, else by date', async () => {
    await search({ q: 'bridge' });
    await search();
    expect(gateway.store.searches.map(({ sort, limit }) => [sort, limit])).toEqual([
      ['relevance', 20],
      ['published', 20],
    ]);
  });

  it('reads times with and without zone as UTC', async () => {
    await search({ from: '2024-07-15T09:00:00+02:00', to: '2024-07-15T09:00:00' });
    expect(gateway.store.searches[0]).toMatchObject({
      from: '2024-07-15T07:00:00.000Z',
      to: '2024-07-15T09:00:00.000Z',
    });
  });

  it('looks an address up in any of its spellings', async () => {
    await search({ url: 'http://www.news.example/story?utm_source=x' });
    const id = addressId('https://news.example/story');
    expect(gateway.store.searches[0]).toMatchObject({ addressId: id });
  });

  it('leaves out what was not asked for, but never the id', async () => {
    foundOne();
    const [item] = (await search({ fields: 'title,site' })).json<{ items: object[] }>().items;
    expect(item).toEqual({
      id: storedArticle().id,
      site: 'news.example',
      title: 'Bridge reopens after repairs',
    });
  });

  it('escapes highlights and marks only matches', async () => {
    const highlight = {
      title: '\ue000Bridge\ue001 <script>alert(1)</script>',
      text: 'a \ue001 & "b" \ue000open',
    };
    gateway.store.page = {
      hits: [{ article: storedArticle(), score: 1, highlight }],
      next: null,
      total: null,
      summary: null,
    };
    const answer = await search({ q: 'bridge', highlight: 'true' });
    expect(SearchAnswerSchema.parse(answer.json()).items[0]?.highlight).toEqual({
      title: '<mark>Bridge</mark> &lt;script&gt;alert(1)&lt;/script&gt;',
      text: 'a  &amp; &quot;b&quot; <mark>open</mark>',
    });
  });

  it('counts where it is asked to', async () => {
    gateway.store.page = {
      hits: [],
      next: null,
      total: { value: 10_000, relation: 'atLeast' },
      summary: null,
    };
    expect((await search({ count: 'capped' })).json()).toMatchObject({
      count: { value: 10_000, relation: 'atLeast' },
    });
  });
});

describe('the summary of a search', () => {
  const summary = {
    facets: { site: [{ value: 'news.example', count: 2 }] },
    histogram: [{ at: '2024-07-15T00:00:00Z', count: 2 }],
    isSampled: true,
  };

  it('holds the facets and the histogram that were asked for', async () => {
    gateway.store.page = { hits: [], next: null, total: null, summary };
    const answer = await search({ facets: 'site, site', histogram: 'day' });
    expect(SearchAnswerSchema.parse(answer.json())).toEqual({
      items: [],
      next: null,
      facets: summary.facets,
      histogram: summary.histogram,
      sampled: true,
    });
    expect(gateway.store.searches[0]).toMatchObject({ facets: ['site'], histogram: 'day' });
  });
});

describe('a search that cannot be meant', () => {
  it('is told at which character it cannot be read', async () => {
    const fault = { position: 7, detail: 'this quote is never closed' };
    gateway.store.failure = new QueryMalformed('q', fault);
    const answer = await search({ q: 'bridge "open' });
    expect(answer.statusCode).toBe(400);
    expect(ProblemDocument.parse(answer.json())).toMatchObject({
      code: 'QUERY_MALFORMED',
      errors: [
        {
          in: 'query',
          name: 'q',
          position: 7,
          detail: 'this quote is never closed (character 8)',
        },
      ],
    });
  });

  it.each([
    [{ limit: '0' }, 'limit', 'PARAMETER_INVALID'],
    [{ limit: '201' }, 'limit', 'PARAMETER_INVALID'],
    [{ limit: 'all' }, 'limit', 'PARAMETER_INVALID'],
    [{ sort: 'best' }, 'sort', 'PARAMETER_INVALID'],
    [{ from: 'yesterday' }, 'from', 'PARAMETER_INVALID'],
    [{ to: '2024-02-30' }, 'to', 'PARAMETER_INVALID'],
    [{ from: '0000-01-01' }, 'from', 'PARAMETER_INVALID'],
    [{ to: '9999-12-31T23:59:59-05:00' }, 'to', 'PARAMETER_INVALID'],
    [{ fields: 'title,secrets' }, 'fields.1', 'PARAMETER_INVALID'],
    [{ q: 'a\0b' }, 'q', 'PARAMETER_INVALID'],
    [{ q: ['a', 'b'] }, 'q', 'PARAMETER_INVALID'],
    [{ q: 'x'.repeat(2_001) }, 'q', 'PARAMETER_INVALID'],
    [{ facets: 'site,secrets' }, 'facets.1', 'PARAMETER_INVALID'],
    [{ duplicates: 'merge' }, 'duplicates', 'PARAMETER_INVALID'],
    [{ histogram: 'year' }, 'histogram', 'PARAMETER_INVALID'],
    [{ duplicate: 'show' }, 'duplicate', 'PARAMETER_UNKNOWN'],
    [{ constructor: 'x' }, 'constructor', 'PARAMETER_UNKNOWN'],
    [{ url: 'not an address' }, 'url', 'URL_INVALID'],
    [{ cursor: 'AAAA' }, 'cursor', 'CURSOR_INVALID'],
  ] as const)('%#: gets 400, the parameter and a code', async (query, name, code) => {
    const answer = await search(query as unknown as Record<string, string>);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code, errors: [{ in: 'query', name }] });
    expect(gateway.store.searches).toEqual([]);
  });
});

describe('the cursor of a search', () => {
  it('continues where the page ended, with another limit too', async () => {
    foundOne();
    const { next: cursor } = (await search({ q: 'bridge' })).json<{ next: string }>();
    const answer = await search({ q: 'bridge', limit: '5', cursor });
    expect(answer.statusCode).toBe(200);
    expect(gateway.store.searches[1]).toMatchObject({ after: next, limit: 5 });
  });

  it.each([{ q: 'tunnel' }, { q: 'bridge', site: 'x.example' }, { q: 'bridge', sort: 'seen' }])(
    'is refused by another search (%#)',
    async (other) => {
      foundOne();
      const { next: cursor } = (await search({ q: 'bridge' })).json<{ next: string }>();
      const answer = await search({ ...other, cursor });
      expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'CURSOR_INVALID' }]);
    },
  );

  it('is refused when it was changed by hand', async () => {
    foundOne();
    const { next: cursor } = (await search()).json<{ next: string }>();
    const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as {
      position: { at: string };
    };
    content.position.at = '2020-01-01T00:00:00.000Z';
    const forged = Buffer.from(JSON.stringify(content)).toString('base64url');
    const answer = await search({ cursor: forged });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'CURSOR_INVALID' }]);
  });
});

describe('a store that does not answer', () => {
  it.each([
    [new DatabaseUnavailable('connect ECONNREFUSED db:5432'), 503, 'DATABASE_UNAVAILABLE'],
    [new QueryTimedOut('canceling statement'), 504, 'QUERY_TIMED_OUT'],
    [new Error('relation "article" does not exist'), 500, 'INTERNAL_ERROR'],
  ])('is told by %s without its own words', async (failure, status, code) => {
    gateway.store.failure = failure;
    const answer = await search();
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { code }]);
    expect(answer.body).not.toContain(failure.message);
    if (status === 503) expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  });
});
