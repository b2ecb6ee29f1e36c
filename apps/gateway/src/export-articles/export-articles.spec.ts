import type { SearchPage, StoredArticle } from '@broadsheet/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';
import { decidePageSize, ExportArticlesHandler } from './export-articles.handler.ts';
import { ExportedArticle, toExportedArticle } from './exported-article.ts';
import { CSV_HEADER, toCsvLine } from './write-csv.ts';

const headers = { host: 'localhost:8080' };

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.app.close());
beforeEach(() => {
  gateway.store.failure = null;
  gateway.store.searches = [];
});

function pageOf(articles: readonly StoredArticle[], next: SearchPage['next'] = null): SearchPage {
  const hits = articles.map((article) => ({ article, score: null, highlight: null }));
  return { ...gateway.store.page, hits, next };
}

function get(query: string) {
  return gateway.app.inject({ url: `/api/v1/export${query}`, headers });
}

describe('GET /api/v1/export', () => {
  it('is one article a line, with the time it was fetched', async () => {
    gateway.store.page = pageOf([storedArticle(), storedArticle({ title: 'Two\nlines' })]);
    const answer = await get('?q=bridge&site=news.example');
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const lines = answer.body.trimEnd().split('\n');
    const articles = lines.map((line) => ExportedArticle.parse(JSON.parse(line)));
    expect(articles.map(({ title }) => title)).toEqual([
      'Bridge reopens after repairs',
      'Two\nlines',
    ]);
    expect(articles[0]?.fetchedAt).toBe(storedArticle().version.fetchedAt);
    expect(gateway.store.searches).toMatchObject([
      { q: 'bridge', site: 'news.example', sort: 'seen', count: 'none' },
    ]);
  });

  it('is a header alone where nothing matches in CSV', async () => {
    gateway.store.page = pageOf([]);
    const answer = await get('?format=csv');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="broadsheet.csv"');
    expect(answer.body).toBe(CSV_HEADER);
  });

  it('says before the first line that it cannot', async () => {
    gateway.store.failure = new Error('unexpected');
    expect((await get('')).statusCode).toBe(500);
    gateway.store.failure = null;
    expect((await get('?format=xml')).json()).toMatchObject({ code: 'PARAMETER_INVALID' });
    expect((await get('?limit=3')).json()).toMatchObject({ code: 'PARAMETER_UNKNOWN' });
  });

  it('goes on from page to page and ends with an error where one cannot be read', async () => {
    const at = '2024-07-15T09:00:00.000000Z';
    const next = { sort: 'seen', at, id: storedArticle().id } as const;
    const pages = [pageOf([storedArticle()], next), pageOf([storedArticle()], next)];
    const searches: unknown[] = [];
    const handler = new ExportArticlesHandler({
      search: (search) => {
        searches.push(search.after ?? null);
        const page = pages.shift();
        return page ? Promise.resolve(page) : Promise.reject(new Error('gone'));
      },
    });
    const chunks: string[] = [];
    const reading = (async () => {
      for await (const chunk of await handler.handle({ format: 'ndjson', duplicates: 'show' }))
        chunks.push(chunk);
    })();
    await expect(reading).rejects.toThrow('gone');
    expect([chunks.length, searches]).toEqual([2, [null, next, next]]);
  });

  it('holds little at once, whatever the size of the articles', () => {
    expect([0, 4_000, 100 * 1024, 8 * 1024 * 1024].map(decidePageSize)).toEqual([200, 131, 5, 1]);
  });
});

describe('a line of CSV', () => {
  const lineOf = (parts: Partial<StoredArticle>) =>
    toCsvLine(toExportedArticle(storedArticle(parts)));

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1'])(
    'makes a text of the formula %j',
    (title) => {
      expect(lineOf({ title })).toContain(`'${title}`);
    },
  );

  it('quotes what would end a cell', () => {
    expect(lineOf({ title: 'Say "yes", now', authors: ['A', 'B'] })).toMatch(
      /,"Say ""yes"", now",.*,A; B,.*\r\n$/s,
    );
    expect(lineOf({ title: '=HYPERLINK("x")' })).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('has a cell for each column', () => {
    const plain = lineOf({ text: 'Plain.', source: null }).trimEnd().split(',');
    expect(plain).toHaveLength(CSV_HEADER.split(',').length);
  });
});
