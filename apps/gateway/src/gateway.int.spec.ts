import { addressId } from '@broadsheet/article';
import { TrailEvent } from '@broadsheet/contracts';
import { ArticleWriter, type Pool } from '@broadsheet/persistence';
import {
  articleArrival,
  createTestDatabase,
  type PublishedRecords,
  readPublished,
  testBrokers,
  type TestDatabase,
  uniqueGroup,
  waitFor,
} from '@broadsheet/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchAnswerSchema } from './search-articles/search-articles.controller.ts';
import { startRealGateway } from './testing/real-gateway.ts';

let database: TestDatabase;
let pool: Pool;
let published: PublishedRecords;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  published = await readPublished(testBrokers(), uniqueGroup());
  app = await startRealGateway({ brokers: testBrokers(), databaseUrl: database.url });
});

afterAll(async () => {
  await app.close();
  await published.stop();
  await database.drop();
});

const headers = { host: 'localhost:8080' };

function get(url: string) {
  return app.inject({ url, headers });
}

function addressOfTest(name: string): string {
  return `https://gateway-${Date.now()}.example/${name}`;
}

describe('a push to the gateway', () => {
  it('is on articles.raw, byte for byte, and its acceptance on the trail', async () => {
    const url = addressOfTest('page');
    const page = Buffer.from('<html><body>caf\xe9</body></html>', 'latin1');
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/articles',
      query: { url },
      headers: { ...headers, 'content-type': 'text/html; charset=iso-8859-1' },
      payload: page,
    });
    expect(answer.statusCode).toBe(202);
    const raw = await waitFor(
      () => published.records.find((record) => record.key?.toString() === url),
      {
        timeoutMs: 30_000,
      },
    );
    expect(raw.value).toEqual(page);
    expect(String(raw.headers.get('content-type')?.[0])).toBe('text/html; charset=iso-8859-1');
    const trail = await waitFor(
      () => published.records.find((record) => record.key?.toString() === addressId(url)),
      { timeoutMs: 30_000 },
    );
    expect(TrailEvent.parse(JSON.parse(String(trail.value)))).toMatchObject({
      step: 'accepted',
      record: `${raw.topic}/${raw.partition}/${raw.offset}`,
    });
  });

  it('is ready and measures itself', async () => {
    expect((await get('/health/ready')).json()).toEqual({
      status: 'ok',
      checks: { kafka: { ok: true }, postgres: { ok: true } },
    });
    expect((await get('/metrics')).body).toContain('http_request_duration_seconds_count');
  });
});

describe('a search through the gateway', () => {
  async function store(count: number, from: number): Promise<void> {
    const arrivals = Array.from({ length: count }, (_, index) => {
      const url = `https://paging.example/${from + index}`;
      const id = addressId(url) ?? '';
      return articleArrival({
        id,
        url,
        addresses: [{ addressId: id, url }],
        title: `Harbour report ${from + index}`,
        publishedAt: new Date(Date.UTC(2024, 0, 1, 0, from + index)).toISOString(),
      });
    });
    await new ArticleWriter(pool).apply(arrivals);
  }

  it.each(['sort=published', 'sort=seen', 'q=harbour'])(
    'pages by %s without gap or repetition while articles arrive',
    async (query) => {
      await pool.query('TRUNCATE article CASCADE');
      await store(25, 0);
      const ids: string[] = [];
      let cursor: string | null = '';
      let arriving = 100;
      while (cursor !== null) {
        const suffix: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const answer = await get(`/api/v1/articles?${query}&limit=10${suffix}`);
        const page = SearchAnswerSchema.parse(answer.json());
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next;
        await store(3, arriving);
        arriving += 3;
      }
      const first = Array.from({ length: 25 }, (_, i) => addressId(`https://paging.example/${i}`));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(first));
    },
  );

  it('finds by any spelling of the address, highlights, counts, and reads one', async () => {
    await pool.query('TRUNCATE article CASCADE');
    await store(3, 0);
    const byUrl = await get(
      `/api/v1/articles?url=${encodeURIComponent('http://www.paging.example/1?utm_source=x')}`,
    );
    const [found] = SearchAnswerSchema.parse(byUrl.json()).items;
    expect(found?.title).toBe('Harbour report 1');
    const marked = await get('/api/v1/articles?q=harbour&highlight=true&count=exact');
    const page = SearchAnswerSchema.parse(marked.json());
    expect(page.items[0]?.highlight?.title).toContain('<mark>Harbour</mark>');
    expect(page.count).toEqual({ value: 3, relation: 'exact' });
    const one = await get(`/api/v1/articles/${found?.id}`);
    expect(one.json()).toEqual(found);
    const again = await app.inject({
      url: `/api/v1/articles/${found?.id}`,
      headers: { ...headers, 'if-none-match': String(one.headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
    const revisions = await get(`/api/v1/articles/${found?.id}/revisions`);
    expect(revisions.json()).toMatchObject({ items: [{ revision: 1 }] });
    const revision = await get(`/api/v1/articles/${found?.id}/revisions/1`);
    expect(revision.json()).toMatchObject({ revision: 1, title: 'Harbour report 1' });
  });
});
