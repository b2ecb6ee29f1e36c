import type { TrailEvent } from '@broadsheet/contracts';
import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { ChangeReader } from '../changes/change.reader.ts';
import { TrailReader } from '../trail/trail.reader.ts';
import { TrailWriter } from '../trail/trail.writer.ts';
import { type CarriedOutDeletion, DeletionRepository } from './deletion.repository.ts';

let database: TestDatabase;
let pool: Pool;
let deletions: DeletionRepository;
let writer: ArticleWriter;
let reader: ArticleReader;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  deletions = new DeletionRepository(pool);
  writer = new ArticleWriter(pool);
  reader = new ArticleReader(pool);
});

afterAll(() => database.drop());

function arrivalAt(id: string, hour: number, others: readonly string[] = []) {
  const addresses = [id, ...others].map((addressId) => ({
    addressId,
    url: `https://news.example/${addressId}`,
  }));
  const url = addresses[0]?.url ?? null;
  return articleArrival({
    id,
    url,
    addresses,
    hour,
    title: `Title ${hour}`,
    text: `Hour ${hour}.`,
  });
}

async function remove(articleId: string): Promise<CarriedOutDeletion> {
  await deletions.order(articleId);
  const done = await deletions.carryOutNext();
  if (!done) throw new Error('no order was found');
  await deletions.complete(done.articleId);
  return done;
}

async function rowsOf(table: string, id: string): Promise<number> {
  const column = table === 'article' ? 'id' : 'article_id';
  const { rows } = await pool.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [id]);
  return rows.length;
}

describe('deleting an article', () => {
  it('takes it and its revisions out, for ever, under every address, and tells of it', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const from = await new ChangeReader(pool).latest();
    for (const hour of [1, 2]) await writer.apply([arrivalAt(id, hour, [other])]);
    expect(await deletions.stateOf(other)).toEqual({ kind: 'stored', articleId: id });
    const { events } = await remove(id);
    expect(events).toMatchObject([{ articleId: id, kind: 'deleted', revision: 2, causedBy: null }]);
    expect(await reader.findById(other)).toBeNull();
    expect([await rowsOf('article', id), await rowsOf('article_revision', id)]).toEqual([0, 0]);
    expect(await deletions.stateOf(other)).toEqual({ kind: 'deleted', articleId: id });
    const told = await new ChangeReader(pool).after(from, 10);
    expect(told.map(({ kind, title }) => [kind, title])).toEqual([
      ['created', null],
      ['revised', null],
      ['deleted', null],
    ]);
    expect(told.at(-1)).toMatchObject({
      position: events[0]?.position,
      url: `https://news.example/${id}`,
    });
    const trail = await new TrailReader(pool).bySubjects([id]);
    expect(trail.map(({ step }) => step)).toContain('deleted');

    const [late] = await writer.apply([arrivalAt(other, 9, [id])]);
    expect(late).toMatchObject({ event: { kind: 'outdated' } });
    expect(await reader.findById(id)).toBeNull();
  });

  it('leaves its trail without what the trail quotes of it', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await writer.apply([arrivalAt(id, 1, [other])]);
    const parsed: TrailEvent = {
      id: randomUUID(),
      subject: other,
      step: 'parsed',
      service: 'parser',
      at: '2026-05-01T01:00:00.000Z',
      url: null,
      record: null,
      articleId: id,
      code: null,
      detail: { title: 'Title 1', words: 2 },
    };
    await new TrailWriter(pool).insert([parsed]);
    await remove(id);
    const trail = await new TrailReader(pool).bySubjects([other]);
    expect(trail).toEqual([{ ...parsed, detail: { words: 2 } }]);
  });

  it('lets the earliest of its duplicates take its place', async () => {
    const [main, early, late] = [randomUUID(), randomUUID(), randomUUID()];
    await writer.apply([arrivalAt(early, 1)]);
    await writer.apply([arrivalAt(late, 2)]);
    await writer.apply([arrivalAt(main, 3, [early, late])]);
    expect(await reader.findById(early)).toMatchObject({ id: main });
    const { events } = await remove(main);
    expect(events.map(({ articleId, kind }) => [articleId, kind])).toEqual([
      [main, 'deleted'],
      [early, 'refreshed'],
    ]);
    expect(await reader.findById(early)).toMatchObject({ id: early, duplicateOf: null });
    expect(await reader.findById(late)).toMatchObject({ id: early });
    const { rows } = await pool.query('SELECT duplicate_of FROM article WHERE id = $1', [late]);
    expect(rows).toEqual([{ duplicate_of: early }]);
    expect(await deletions.stateOf(main)).toEqual({ kind: 'deleted', articleId: main });
  });

  it('gives what is to be published again until it was', async () => {
    const id = randomUUID();
    await writer.apply([arrivalAt(id, 1)]);
    await deletions.order(id);
    await deletions.order(id);
    const first = await deletions.carryOutNext();
    expect(first?.events).toHaveLength(1);
    expect(await deletions.carryOutNext()).toEqual(first);
    await deletions.complete(id);
    expect(await deletions.carryOutNext()).toBeNull();
  });

  it('never loses to writers of the same article', async () => {
    for (let round = 0; round < 15; round += 1) {
      const id = randomUUID();
      await writer.apply([arrivalAt(id, 1)]);
      await deletions.order(id);
      await Promise.all([
        ...[2, 3, 4, 5].map((hour) => writer.apply([arrivalAt(id, hour, [randomUUID()])])),
        deletions.carryOutNext(),
      ]);
      await deletions.complete(id);
      expect(await rowsOf('article', id)).toBe(0);
      expect(await rowsOf('article_tombstone', id)).toBe(1);
    }
  });
});

describe('what an id leads to', () => {
  it('is nothing where nothing was ever stored', async () => {
    expect(await deletions.stateOf(randomUUID())).toEqual({ kind: 'unknown' });
  });
});
