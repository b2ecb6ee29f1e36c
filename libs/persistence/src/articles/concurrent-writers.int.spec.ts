import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../database/pool.ts';
import { DatabaseUnavailable } from '../persistence.errors.ts';
import type { ArticleArrival } from './article-arrival.ts';
import { ArticleWriter } from './article.writer.ts';

const WRITERS = 4;

let database: TestDatabase;
let pool: Pool;
let writer: ArticleWriter;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  writer = new ArticleWriter(pool);
});

afterAll(() => database.drop());

async function count(sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(sql, values);
  return Number(rows[0]?.count);
}

function pageAt(canonical: string, pushed: string, hour: number): ArticleArrival {
  const ids = [...new Set([canonical, pushed])];
  const addresses = ids.map((id) => ({ addressId: id, url: `https://news.example/${id}` }));
  return articleArrival({ id: canonical, addresses, url: null, hour, text: `Hour ${hour}.` });
}

describe('writers at the same time', () => {
  it('write the same arrivals once, as after a rebalance that one of them missed', async () => {
    const batch = Array.from({ length: 100 }, (_, n) => {
      const id = randomUUID();
      return pageAt(id, id, 1 + (n % 5));
    });
    const answers = await Promise.all(
      Array.from({ length: WRITERS }, (_, n) => writer.apply(n % 2 ? batch.toReversed() : batch)),
    );
    const told = answers.map((outcomes, n) => (n % 2 ? outcomes.toReversed() : outcomes));
    for (const outcomes of told) expect(outcomes).toEqual(told[0]);
    const ids = batch.map(({ article }) => article.id);
    expect(
      await count('SELECT count(*) FROM article_change WHERE article_id = ANY ($1)', [ids]),
    ).toBe(batch.length);
  });

  it('agree on one article when they meet its addresses in different articles', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [canonical, other, third] = [randomUUID(), randomUUID(), randomUUID()];
      await Promise.all([
        writer.apply([pageAt(other, other, 1)]),
        writer.apply([pageAt(canonical, other, 2)]),
        writer.apply([pageAt(canonical, third, 3)]),
        writer.apply([pageAt(third, third, 4)]),
      ]);
      const ids = [canonical, other, third];
      const { rows } = await pool.query<{ text: string }>(
        'SELECT text FROM article WHERE id = ANY ($1) AND duplicate_of IS NULL',
        [ids],
      );
      expect(rows).toEqual([{ text: 'Hour 4.' }]);
      expect(
        await count(
          'SELECT count(DISTINCT article_id) FROM article_alias WHERE address_id = ANY ($1)',
          [ids],
        ),
      ).toBe(1);
    }
  });

  it('let a reader that goes by position miss nothing', async () => {
    const perWriter = 40;
    const from = await count('SELECT coalesce(max(position), 0) AS count FROM article_change');
    const total = WRITERS * perWriter * 3;
    let done = false;
    const read = (async () => {
      const seen: string[] = [];
      let position = String(from);
      for (;;) {
        const isLast = done;
        const { rows } = await pool.query<{ position: string }>(
          'SELECT position FROM article_change WHERE position > $1 ORDER BY position',
          [position],
        );
        seen.push(...rows.map((row) => row.position));
        position = seen.at(-1) ?? position;
        if (isLast) return seen;
      }
    })();
    await Promise.all(
      Array.from({ length: WRITERS }, async () => {
        for (let n = 0; n < perWriter; n += 1) {
          await writer.apply([1, 2, 3].map(() => articleArrival({ id: randomUUID() })));
        }
      }),
    );
    done = true;
    expect(await read).toHaveLength(total);
  });
});

describe('an outage', () => {
  it('is told as one when connections are cut, and everything is written once afterwards', async () => {
    const victims = database.openPool({ applicationName: 'victim-spec' });
    const cut = new ArticleWriter(victims);
    const batches = Array.from({ length: 12 }, () =>
      Array.from({ length: 50 }, () => articleArrival({ id: randomUUID() })),
    );
    const settled = Promise.allSettled(batches.map((batch) => cut.apply(batch)));
    let terminated = 0;
    while (terminated === 0) {
      terminated = await count(
        `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE application_name = 'victim-spec' AND state <> 'idle'`,
      );
    }
    const failures = (await settled).flatMap((one): unknown[] =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure).toBeInstanceOf(DatabaseUnavailable);
    for (const batch of batches) await cut.apply(batch);
    const ids = batches.flat().map(({ article }) => article.id);
    expect(
      await count('SELECT count(*) FROM article_change WHERE article_id = ANY ($1)', [ids]),
    ).toBe(ids.length);
  });

  it('is told as one when nobody listens', async () => {
    const nowhere = new URL(database.url);
    nowhere.port = '1';
    const deaf = createPool(
      {
        url: nowhere.href,
        applicationName: 'deaf-spec',
        maxConnections: 1,
        statementTimeoutMs: 1_000,
      },
      () => undefined,
    );
    await expect(new ArticleWriter(deaf).apply([articleArrival()])).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      retry: 'later',
    });
    await deaf.end();
  });

  it('leaves the deadline of a batch in force', async () => {
    await expect(writer.apply([articleArrival()], AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
