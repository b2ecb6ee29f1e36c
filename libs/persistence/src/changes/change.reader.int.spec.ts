import {
  articleArrival,
  createTestDatabase,
  type TestDatabase,
  waitFor,
} from '@broadsheet/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArticleWriter } from '../articles/article.writer.ts';
import { appendUncausedChanges } from '../articles/change-log.ts';
import { inTransaction } from '../database/session.ts';
import { ChangeListener } from './change-listener.ts';
import { ChangeReader, type TellableChange } from './change.reader.ts';

let database: TestDatabase;
let pool: Pool;
let reader: ChangeReader;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  reader = new ChangeReader(pool);
});

afterAll(() => database.drop());

async function readOn(from: string): Promise<readonly TellableChange[]> {
  const seen: TellableChange[] = [];
  for (;;) {
    const page = await reader.after(seen.at(-1)?.position ?? from, 2);
    if (page.length === 0) return seen;
    seen.push(...page);
  }
}

describe('reading the change log', () => {
  it('tells what changed, in order, and leaves out what changed nothing', async () => {
    const from = await reader.latest();
    const writer = new ArticleWriter(pool);
    const id = randomUUID();
    const url = 'https://news.example/tide';
    const at = (hour: number, text: string) =>
      articleArrival({ id, url, addresses: [{ addressId: id, url }], hour, text });
    for (const arrival of [at(2, 'A.'), at(3, 'A.'), at(1, 'Old.'), at(4, 'B.')]) {
      await writer.apply([arrival]);
    }
    const seen = await readOn(from);
    expect(seen).toMatchObject([
      { articleId: id, kind: 'created', revision: 1, url },
      {
        articleId: id,
        kind: 'revised',
        revision: 2,
        title: 'Ferry returns to the harbour after ten years',
      },
    ]);
    expect(await readOn(seen.at(-1)?.position ?? '')).toEqual([]);
  });

  it('skips nothing and repeats nothing under four writers with long transactions', async () => {
    const from = await reader.latest();
    const writers = 4;
    const perWriter = 50;
    const seen: string[] = [];
    let isWriting = true;
    const reading = (async () => {
      let position = from;
      for (;;) {
        const isLast = !isWriting;
        const page = await reader.after(position, 7);
        seen.push(...page.map((change) => change.position));
        position = page.at(-1)?.position ?? position;
        if (isLast && page.length === 0) return;
      }
    })();
    const written = await Promise.all(
      Array.from({ length: writers }, async (_, n) => {
        const positions: string[] = [];
        for (let turn = 0; turn < perWriter; turn += 1) {
          positions.push(
            ...(await inTransaction(pool, async (query) => {
              // Some transactions begin early and commit late, some stay open after their changes.
              await query('SELECT pg_sleep($1)', [((turn + n) % writers) / 200]);
              const changes = [1, 2, 3].map((revision) => ({
                articleId: randomUUID(),
                revision,
                kind: 'created' as const,
              }));
              const given = await appendUncausedChanges(query, changes, new Date().toISOString());
              await query('SELECT pg_sleep($1)', [((turn + 2 * n) % writers) / 400]);
              return given;
            })),
          );
        }
        return positions;
      }),
    );
    isWriting = false;
    await reading;
    const byNumber = (a: string, b: string) => Number(BigInt(a) - BigInt(b));
    expect(seen).toEqual(written.flat().toSorted(byNumber));
    expect(seen).toHaveLength(writers * perWriter * 3);
  });
});

describe('listening for changes', () => {
  it('hears of each commit, not of what changed nothing, and again after the connection was cut', async () => {
    const heard = { changes: 0, isListening: false };
    const listeners = database.openPool({
      applicationName: 'listener-spec',
      maxConnections: 1,
      statementTimeoutMs: 500,
    });
    const listener = new ChangeListener(listeners, {
      onChange: () => (heard.changes += 1),
      onListening: (isListening) => (heard.isListening = isListening),
    });
    listener.start();
    await waitFor(() => heard.isListening, { timeoutMs: 5_000 });
    const writer = new ArticleWriter(pool);
    const first = articleArrival({ hour: 2 });
    const hear = async (hour: number) => {
      const before = heard.changes;
      await writer.apply([articleArrival({ id: first.article.id, hour, text: `At ${hour}.` })]);
      await waitFor(() => heard.changes > before, { timeoutMs: 5_000 });
    };
    await hear(2);
    const before = heard.changes;
    await writer.apply([articleArrival({ id: first.article.id, hour: 1, text: 'Late.' })]);
    await hear(3);
    expect(heard.changes).toBe(before + 1);
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listener-spec'`,
    );
    await waitFor(() => !heard.isListening, { timeoutMs: 5_000 });
    await waitFor(() => heard.isListening, { timeoutMs: 10_000 });
    await hear(4);
    await listener.stop();
    expect(heard.isListening).toBe(false);
  });
});
