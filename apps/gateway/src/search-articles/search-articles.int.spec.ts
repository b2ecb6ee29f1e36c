import { ArticleWriter, type Pool } from '@broadsheet/persistence';
import {
  articleArrival,
  createTestDatabase,
  testBrokers,
  type TestDatabase,
} from '@broadsheet/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemDocument } from '../http/problem-document.ts';
import { startRealGateway } from '../testing/real-gateway.ts';
import { SearchAnswerSchema } from './search-articles.controller.ts';

let database: TestDatabase;
let pool: Pool;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  const bridge = { title: 'The bridge is open', site: 'news.example', categories: ['Local'] };
  await new ArticleWriter(pool).apply([articleArrival(bridge)]);
  app = await startRealGateway({ brokers: testBrokers(), databaseUrl: database.url });
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

function search(query: Record<string, string>) {
  return app.inject({ url: '/api/v1/articles', query, headers: { host: 'localhost:8080' } });
}

describe('a search over HTTP', () => {
  it('answers hits, facets and histogram as documented', async () => {
    const answer = await search({
      q: 'title:bridge category:local',
      facets: 'site,source,language,author,category',
      histogram: 'week',
      count: 'exact',
      highlight: 'true',
    });
    expect(SearchAnswerSchema.parse(answer.json())).toMatchObject({
      items: [{ title: 'The bridge is open' }],
      count: { value: 1, relation: 'exact' },
      facets: { site: [{ value: 'news.example', count: 1 }], author: [] },
      histogram: [{ at: '2026-03-02T00:00:00Z', count: 1 }],
      sampled: false,
    });
  });

  it('points at the character from which a query cannot be read', async () => {
    const answer = await search({ q: 'bridge (open' });
    expect(answer.statusCode).toBe(400);
    expect(ProblemDocument.parse(answer.json())).toMatchObject({
      code: 'QUERY_MALFORMED',
      errors: [{ in: 'query', name: 'q', position: 7 }],
    });
  });
});

const HOSTILE = [
  `' OR '1'='1`,
  `'; DROP TABLE article; --`,
  `") UNION SELECT pg_sleep(10) --`,
  `bridge' | 'x':*A`,
  '\\',
  `$1::tsquery`,
  `<-> <2> & | ! :*`,
  `%00`,
  `site:"' OR true --"`,
  `title:"\\' : A"`,
  `${'-'.repeat(500)}x`,
  `${'a-'.repeat(900)}b`,
  `"${'bridge '.repeat(200)}"`,
  '港'.repeat(1_900),
];

describe('hostile parameters', () => {
  const isAnswered = async (query: Record<string, string>) => {
    const answer = await search(query);
    if (answer.statusCode === 200) SearchAnswerSchema.parse(answer.json());
    else
      expect([400, ProblemDocument.parse(answer.json()).status]).toEqual([answer.statusCode, 400]);
  };

  it.each(HOSTILE)('%# are found nowhere or refused', async (text) => {
    await isAnswered({ q: text, title: text, highlight: 'true', facets: 'site', count: 'exact' });
    await isAnswered({ site: text, source: text, language: text.slice(0, 35), author: text });
    await isAnswered({ category: text.slice(0, 500), cursor: text.slice(0, 1_000) });
  });

  it('of any kind get an answer of the documented form', async () => {
    const piece = fc.constantFrom(...HOSTILE, 'bridge', ' or ', '(', ')', '"', '-', 'title:', '*');
    const name = fc.constantFrom('q', 'title', 'site', 'author', 'category', 'url', 'from', 'sort');
    await fc.assert(
      fc.asyncProperty(name, fc.array(piece, { maxLength: 6 }), async (parameter, pieces) => {
        await isAnswered({ [parameter]: pieces.join('').slice(0, 3_000) });
      }),
      { numRuns: 200 },
    );
  });
});
