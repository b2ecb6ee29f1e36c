import { connect } from 'node:net';
import type { StoredArticle } from '@broadsheet/persistence';
import { waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { exportedArticle, exportedLines } from '../testing/exported-article.builder.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';
import { ExportArticlesHandler } from './export-articles.handler.ts';
import { ExportedArticle } from './exported-article.ts';
import { CSV_HEADER, toCsvLine } from './write-csv.ts';

const headers = { host: 'localhost:8080' };

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.app.close());
beforeEach(() => {
  gateway.store.failure = null;
  gateway.store.exports = [];
  gateway.store.articles = [];
});

function get(query: string) {
  return gateway.app.inject({ url: `/api/v1/export${query}`, headers });
}

describe('GET /api/v1/export', () => {
  it('is one article a line, with the time it was fetched', async () => {
    gateway.store.articles = [storedArticle(), storedArticle({ title: 'Two\nlines' })];
    const answer = await get('?q=bridge&site=news.example');
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const lines = answer.body.trimEnd().split('\n');
    const articles = lines.map((line) => ExportedArticle.parse(JSON.parse(line)));
    expect(articles.map(({ title }) => title)).toEqual([
      'Bridge reopens after repairs',
      'Two\nlines',
    ]);
    expect(articles[0]?.fetchedAt).toBe(storedArticle().version.fetchedAt);
    expect(gateway.store.exports).toMatchObject([{ q: 'bridge', site: 'news.example' }]);
  });

  it('is a header alone where nothing matches in CSV', async () => {
    const answer = await get('?format=csv');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="broadsheet.csv"');
    expect(answer.body).toBe(CSV_HEADER);
  });

  it('is the same articles as rows in CSV', async () => {
    gateway.store.articles = [storedArticle(), storedArticle({ title: 'Two\nlines' })];
    const rows = gateway.store.articles.map((one) => toCsvLine(exportedArticle(one)));
    expect((await get('?format=csv')).body).toBe(CSV_HEADER + rows.join(''));
  });

  it('says before the first line that it cannot', async () => {
    gateway.store.failure = new Error('unexpected');
    expect((await get('')).statusCode).toBe(500);
    gateway.store.failure = null;
    expect((await get('?format=xml')).json()).toMatchObject({ code: 'PARAMETER_INVALID' });
    expect((await get('?limit=3')).json()).toMatchObject({ code: 'PARAMETER_UNKNOWN' });
  });

  it('goes on from part to part and ends with an error where one cannot be read', async () => {
    async function* parts() {
      yield exportedLines([storedArticle()]);
      yield exportedLines([storedArticle({ title: 'Another' }), storedArticle()]);
      await Promise.reject(new Error('gone'));
    }
    const handler = new ExportArticlesHandler({ parts });
    const chunks: string[] = [];
    const reading = (async () => {
      for await (const chunk of await handler.handle({ format: 'ndjson', duplicates: 'show' }))
        chunks.push(chunk.toString());
    })();
    await expect(reading).rejects.toThrow('gone');
    expect(chunks.map((chunk) => chunk.split('\n').length - 1)).toEqual([1, 2]);
  });

  it('reads no further than a client does, and stops when it goes away', async () => {
    const large = exportedLines([storedArticle({ text: 'x'.repeat(256 * 1024) })]);
    const reads = { begun: 0, isOver: false };
    gateway.store.endless = async function* () {
      try {
        for (;;) {
          await Promise.resolve();
          reads.begun += 1;
          yield large;
        }
      } finally {
        reads.isOver = true;
      }
    };
    await gateway.app.listen(0, '127.0.0.1');
    const { port } = new URL(await gateway.app.getUrl());
    const socket = connect({ port: Number(port), host: '127.0.0.1' });
    socket.pause().write('GET /api/v1/export HTTP/1.1\r\nHost: localhost\r\n\r\n');
    let seen = -1;
    await waitFor(
      () => {
        const isStill = reads.begun > 0 && reads.begun === seen;
        seen = reads.begun;
        return isStill;
      },
      { timeoutMs: 10_000, pollMs: 300 },
    );
    // What the sockets of both sides hold, and little more.
    expect(reads.begun).toBeLessThan(80);
    socket.destroy();
    await waitFor(() => reads.isOver, { timeoutMs: 5_000 });
    gateway.store.endless = null;
  });
});

describe('a line of CSV', () => {
  const lineOf = (parts: Partial<StoredArticle>) =>
    toCsvLine(exportedArticle(storedArticle(parts)));

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
