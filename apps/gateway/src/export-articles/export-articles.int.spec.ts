import { randomUUID } from 'node:crypto';
import { ArticleWriter, type Pool } from '@broadsheet/persistence';
import {
  articleArrival,
  createTestDatabase,
  testBrokers,
  type TestDatabase,
} from '@broadsheet/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRealGateway } from '../testing/real-gateway.ts';
import { ExportedArticle } from './exported-article.ts';

const ARTICLES = 450;
const headers = { host: 'localhost:8080' };
const LONG_TEXT = 'A long text about the harbour. '.repeat(30_000);

let database: TestDatabase;
let pool: Pool;
let app: NestFastifyApplication;
let ids: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  const arrivals = Array.from({ length: ARTICLES }, (_, n) =>
    articleArrival({ id: randomUUID(), ...(n % 100 === 0 ? { text: LONG_TEXT } : {}) }),
  );
  await new ArticleWriter(pool).apply(arrivals);
  ids = arrivals.map(({ article }) => article.id);
  app = await startRealGateway({ brokers: testBrokers(), databaseUrl: database.url });
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

async function idsOf(query: string): Promise<string[]> {
  const answer = await app.inject({ url: `/api/v1/export${query}`, headers });
  expect(answer.statusCode).toBe(200);
  const lines = answer.body.trimEnd().split('\n');
  return lines.map((line) => ExportedArticle.parse(JSON.parse(line)).id);
}

describe('an export from a real store', () => {
  it('holds every article once, also where all were seen in the same moment', async () => {
    const exported = await idsOf('');
    expect(exported).toHaveLength(ARTICLES);
    expect(new Set(exported)).toEqual(new Set(ids));
  });

  it('holds each article as reading it answers', async () => {
    const lines = await app.inject({ url: '/api/v1/export', headers });
    for (const line of lines.body.trimEnd().split('\n').slice(0, 20)) {
      const { fetchedAt, ...article } = ExportedArticle.parse(JSON.parse(line));
      const answer = await app.inject({ url: `/api/v1/articles/${article.id}`, headers });
      expect(article).toEqual(answer.json());
      expect(fetchedAt).toBe(articleArrival({}).article.version.fetchedAt);
    }
  });

  it('holds all matches of a search for words', async () => {
    expect(new Set(await idsOf('?q=ferry'))).toEqual(new Set(ids));
    expect(await idsOf(`?q=${encodeURIComponent('"text about the harbour"')}`)).toHaveLength(5);
  });
});
