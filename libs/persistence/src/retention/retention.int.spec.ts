import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { ChangeReader } from '../changes/change.reader.ts';
import { DeletionRepository } from '../deletions/deletion.repository.ts';
import { TrailReader } from '../trail/trail.reader.ts';
import { RetentionRepository } from './retention.repository.ts';

const EVERYTHING = { seenBefore: '2026-05-01T12:00:00.000Z', sources: null, otherThan: [] };

let database: TestDatabase;
let pool: Pool;
let retention: RetentionRepository;
let deletions: DeletionRepository;
let writer: ArticleWriter;
let reader: ArticleReader;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  retention = new RetentionRepository(pool);
  deletions = new DeletionRepository(pool);
  writer = new ArticleWriter(pool);
  reader = new ArticleReader(pool);
});
beforeEach(() => pool.query('TRUNCATE article, deletion, article_tombstone CASCADE'));
afterAll(() => database.drop());

async function store(hour: number, source: { id?: string; name?: string } | null = null) {
  const id = randomUUID();
  const url = `https://news.example/${id}`;
  const text = `Only ${id} tells of hour ${hour}.`;
  const given = { id, url, addresses: [{ addressId: id, url }], hour, source, title: id, text };
  await writer.apply([articleArrival(given)]);
  return { id, given };
}

async function carryOut(): Promise<string[]> {
  const gone: string[] = [];
  for (;;) {
    const deletion = await deletions.carryOutNext();
    if (deletion === null) return gone;
    await deletions.complete(deletion.articleId);
    gone.push(deletion.articleId);
  }
}

describe('the retention', () => {
  it('deletes what was first seen before its limit, and tells of it', async () => {
    const [old, young] = [await store(1), await store(13)];
    const from = await new ChangeReader(pool).latest();
    expect(await retention.order(EVERYTHING, null, 10)).toEqual({ ordered: 1, next: null });
    expect(await retention.waiting()).toBe(1);
    expect(await carryOut()).toEqual([old.id]);
    expect(await reader.findById(old.id)).toBeNull();
    expect(await reader.findById(young.id)).not.toBeNull();
    const told = await new ChangeReader(pool).after(from, 10);
    expect(told).toMatchObject([{ articleId: old.id, kind: 'deleted' }]);
    const trail = await new TrailReader(pool).bySubjects([old.id]);
    expect(trail.at(-1)).toMatchObject({ step: 'deleted', detail: { reason: 'retention' } });
  });

  it('refuses what was fetched before the deletion, and takes what is fetched anew', async () => {
    const { id, given } = await store(1);
    await retention.order(EVERYTHING, null, 10);
    await carryOut();
    await writer.apply([articleArrival({ ...given, hour: 2 })]);
    expect(await reader.findById(id)).toBeNull();
    const fetchedAt = new Date(Date.now() + 1_000).toISOString();
    const version = { fetchedAt, appendedAt: fetchedAt, parserGeneration: 1 };
    await writer.apply([articleArrival({ ...given, version })]);
    expect(await reader.findById(id)).not.toBeNull();
  });

  it('goes by sources, under their ids or names', async () => {
    const [byId, byName, other, none] = [
      await store(1, { id: 's1' }),
      await store(2, { name: 'The Example' }),
      await store(3, { id: 's2', name: 'Other' }),
      await store(4),
    ];
    const sources = ['s1', 'The Example'];
    expect(await retention.order({ ...EVERYTHING, otherThan: sources }, null, 10)).toMatchObject({
      ordered: 2,
    });
    expect((await carryOut()).toSorted()).toEqual([other.id, none.id].toSorted());
    await retention.order({ ...EVERYTHING, sources }, null, 10);
    expect((await carryOut()).toSorted()).toEqual([byId.id, byName.id].toSorted());
  });

  it('goes on where a batch ended, and orders nothing twice', async () => {
    for (let hour = 1; hour <= 5; hour += 1) await store(hour);
    const first = await retention.order(EVERYTHING, null, 2);
    expect(first.ordered).toBe(2);
    const second = await retention.order(EVERYTHING, first.next, 2);
    const third = await retention.order(EVERYTHING, second.next, 2);
    expect([second.ordered, third.ordered, third.next]).toEqual([2, 1, null]);
    expect((await retention.order(EVERYTHING, null, 10)).ordered).toBe(0);
  });

  it('lets people go first, whose deletions hold for ever', async () => {
    const [old, wanted] = [await store(1), await store(2)];
    await retention.order(EVERYTHING, null, 10);
    await deletions.order(wanted.id);
    expect(await carryOut()).toEqual([wanted.id, old.id]);
    const { rows } = await pool.query<{ article_id: string; reason: string }>(
      'SELECT article_id, reason FROM article_tombstone ORDER BY reason',
    );
    expect(rows).toEqual([
      { article_id: wanted.id, reason: 'person' },
      { article_id: old.id, reason: 'retention' },
    ]);
  });

  it('keeps no arrival waiting while articles go', async () => {
    const old = await Promise.all(Array.from({ length: 40 }, () => store(1)));
    await retention.order(EVERYTHING, null, 100);
    let isDeleting = true;
    const deleting = Promise.all([carryOut(), carryOut()]).then((gone) => {
      isDeleting = false;
      return gone.flat();
    });
    const written: string[] = [];
    while (isDeleting) written.push((await store(13)).id);
    expect((await deleting).toSorted()).toEqual(old.map(({ id }) => id).toSorted());
    expect(written.length).toBeGreaterThan(0);
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM article');
    expect(rows.map(({ id }) => id).toSorted()).toEqual(written.toSorted());
  });
});
