import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { contentHash } from '@broadsheet/article';
import type { ParsedArticle } from '@broadsheet/contracts';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleArrival } from '../articles/article-arrival.ts';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { ChangeReader } from '../changes/change.reader.ts';
import { DeletionRepository } from '../deletions/deletion.repository.ts';
import { TrailReader } from '../trail/trail.reader.ts';

let database: TestDatabase;
let pool: Pool;
let writer: ArticleWriter;
let reader: ArticleReader;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  writer = new ArticleWriter(pool);
  reader = new ArticleReader(pool);
});
afterAll(() => database.drop());

/** Words that no other text of the same run has. */
let words: (from: number, count: number) => string;
beforeEach(() => {
  const run = randomUUID().slice(0, 8);
  words = (from, count) => Array.from({ length: count }, (_, n) => `w${run}x${from + n}`).join(' ');
});

function arrivalOf(
  text: string,
  given: Partial<ParsedArticle> & { hour?: number } = {},
): ArticleArrival {
  const id = given.id ?? randomUUID();
  const title = given.title ?? `Title of ${id}`;
  const url = `https://${id}.example/`;
  const addresses = [{ addressId: id, url }];
  const hash = contentHash({ title, text });
  return articleArrival({ url, addresses, ...given, id, title, text, contentHash: hash });
}

async function write(...arrivals: ArticleArrival[]): Promise<string[]> {
  await writer.apply(arrivals);
  return arrivals.map(({ article }) => article.id);
}

async function originalOf(id: string): Promise<string | null | undefined> {
  return (await reader.findById(id))?.duplicateOf;
}

async function bandsOf(id: string): Promise<number> {
  const { rows } = await pool.query(
    'SELECT 1 FROM article_band JOIN article_signature USING (number) WHERE article_id = $1',
    [id],
  );
  return rows.length;
}

async function remove(id: string) {
  const deletions = new DeletionRepository(pool);
  await deletions.order(id);
  const done = await deletions.carryOutNext();
  await deletions.complete(id);
  return done?.events ?? [];
}

describe('the copy of a text', () => {
  it('points to the one that was seen first, on its trail too, and may be hidden', async () => {
    const [first = ''] = await write(arrivalOf(words(0, 200)));
    const [copy = ''] = await write(arrivalOf(`${words(0, 180)} ${words(900, 20)}`, { hour: 2 }));
    expect([await originalOf(first), await originalOf(copy)]).toEqual([null, first]);
    const trail = await new TrailReader(pool).bySubjects([copy]);
    const step = trail.find((event) => event.step === 'duplicate-of');
    expect(step).toMatchObject({
      articleId: first,
      detail: { similarity: expect.closeTo(0.8, 1) },
    });
    const search = {
      q: words(3, 1),
      sort: 'seen',
      limit: 9,
      highlight: false,
      count: 'none',
    } as const;
    const ids = async (duplicates: 'show' | 'hide') =>
      (await reader.search({ ...search, duplicates })).hits.map(({ article }) => article.id);
    expect(await ids('show')).toEqual([copy, first]);
    expect(await ids('hide')).toEqual([first]);
    expect(await bandsOf(copy)).toBe(0);
    expect(await reader.similarTo(copy)).toMatchObject([
      { id: first, duplicateOf: null, similarity: expect.closeTo(0.8, 0) },
    ]);
    expect(await reader.similarTo(first)).toMatchObject([{ id: copy, duplicateOf: first }]);
    expect(await reader.similarTo(randomUUID())).toEqual([]);
  });

  it('is found within one batch, whatever the order there', async () => {
    const [late, early] = [
      arrivalOf(words(0, 90), { hour: 5 }),
      arrivalOf(words(0, 90), { hour: 3 }),
    ];
    const [lateId = '', earlyId = ''] = await write(late, early);
    expect([await originalOf(earlyId), await originalOf(lateId)]).toEqual([null, earlyId]);
  });

  it('stays one when an older one comes late, which is a copy itself', async () => {
    const [first = ''] = await write(arrivalOf(words(0, 90), { hour: 8 }));
    const [copy = ''] = await write(arrivalOf(words(0, 90), { hour: 9 }));
    const [older = ''] = await write(arrivalOf(words(0, 90), { hour: 1 }));
    expect([await originalOf(copy), await originalOf(older)]).toEqual([first, first]);
    expect(await originalOf(first)).toBeNull();
  });

  it('is one under the same text and title however short it is, and none under another title', async () => {
    const text = words(0, 6);
    const [first = ''] = await write(arrivalOf(text, { title: 'Members only' }));
    const ids = await write(
      arrivalOf(text, { hour: 2, title: 'Members only' }),
      arrivalOf(text, { hour: 3, title: 'Another one' }),
    );
    expect(await Promise.all(ids.map(originalOf))).toEqual([first, null]);
  });

  it('is not taken for one when a template is filled in again', async () => {
    const fill = (n: number) =>
      Array.from({ length: 12 }, (_, k) => `${words(k * 9, 9)} at ${n * (k + 3)} points`).join(
        '. ',
      );
    const ids = await write(arrivalOf(fill(7)), arrivalOf(fill(11), { hour: 2 }));
    expect(await Promise.all(ids.map(originalOf))).toEqual([null, null]);
  });
});

describe('a revision', () => {
  it('that brings another text makes a copy an article of its own, and back', async () => {
    const [first = ''] = await write(arrivalOf(words(0, 90)));
    const [copy = ''] = await write(arrivalOf(words(0, 90), { hour: 2 }));
    await write(arrivalOf(words(500, 90), { id: copy, hour: 3 }));
    expect([await originalOf(copy), (await bandsOf(copy)) > 0]).toEqual([null, true]);
    await write(arrivalOf(words(0, 90), { id: copy, hour: 4 }));
    expect([await originalOf(copy), await bandsOf(copy)]).toEqual([first, 0]);
  });

  it('of an original lets go of copies that no longer resemble it, and tells of them', async () => {
    const [first = ''] = await write(arrivalOf(words(0, 90)));
    const [one = '', two = ''] = await write(
      arrivalOf(words(0, 90), { hour: 2 }),
      arrivalOf(words(0, 90), { hour: 3 }),
    );
    const changes = new ChangeReader(pool);
    const from = await changes.latest();
    await write(arrivalOf(words(700, 90), { id: first, hour: 4 }));
    expect([await originalOf(first), await originalOf(one), await originalOf(two)]).toEqual([
      null,
      null,
      one,
    ]);
    const told = await changes.after(from, 10);
    expect(told.map(({ articleId, kind }) => [articleId, kind])).toEqual([
      [first, 'revised'],
      [one, 'refreshed'],
      [two, 'refreshed'],
    ]);
    const [third = ''] = await write(arrivalOf(words(0, 90), { hour: 5 }));
    expect(await originalOf(third)).toBe(one);
  });

  it('of nothing but other fields leaves it what it is', async () => {
    const [first = ''] = await write(arrivalOf(words(0, 90)));
    const [copy = ''] = await write(arrivalOf(words(0, 90), { hour: 2, title: 'T' }));
    await write(arrivalOf(words(0, 90), { id: copy, hour: 3, title: 'T', authors: ['Ada'] }));
    expect(await reader.findById(copy)).toMatchObject({ duplicateOf: first, authors: ['Ada'] });
  });
});

describe('an original that goes', () => {
  it('by deletion leaves its place to the earliest copy', async () => {
    const [first = ''] = await write(arrivalOf(words(0, 90)));
    const [one = '', two = ''] = await write(
      arrivalOf(words(0, 90), { hour: 2 }),
      arrivalOf(words(0, 90), { hour: 3 }),
    );
    const events = await remove(first);
    expect(events.map(({ articleId, kind }) => [articleId, kind]).sort()).toEqual(
      [
        [first, 'deleted'],
        [one, 'refreshed'],
        [two, 'refreshed'],
      ].sort(),
    );
    expect([await originalOf(one), await originalOf(two)]).toEqual([null, one]);
    const [three = ''] = await write(arrivalOf(words(0, 90), { hour: 4 }));
    expect(await originalOf(three)).toBe(one);
    expect(await bandsOf(first)).toBe(0);
  });

  it('into another article hands its copies over to that one', async () => {
    const [page = ''] = await write(arrivalOf(words(0, 90)));
    const [copy = ''] = await write(arrivalOf(words(0, 90), { hour: 2 }));
    const main = randomUUID();
    const addresses = [main, page].map((addressId) => ({
      addressId,
      url: `https://${addressId}.example/`,
    }));
    await write(arrivalOf(words(0, 90), { id: main, addresses, hour: 3 }));
    expect(await reader.findById(page)).toMatchObject({ id: main, duplicateOf: null });
    expect(await originalOf(copy)).toBe(main);
    expect(await bandsOf(page)).toBe(0);
  });
});

describe('writers at the same time', () => {
  it('leave one original of a text, and all others point to it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const text = words(round * 1_000, 90);
      const arrivals = Array.from({ length: 8 }, (_, n) => arrivalOf(text, { hour: n + 1 }));
      const ids = arrivals.map(({ article }) => article.id);
      await Promise.all([0, 2, 4, 6].map((n) => writer.apply(arrivals.slice(n, n + 2))));
      const originals = await Promise.all(ids.map(originalOf));
      const roots = ids.filter((_, n) => originals[n] === null);
      expect(roots).toHaveLength(1);
      expect(new Set(originals.filter((id) => id !== null))).toEqual(new Set(roots));
    }
  });

  it('never leave a copy that points to what was deleted meanwhile', async () => {
    for (let round = 0; round < 8; round += 1) {
      const text = words(round * 1_000, 90);
      const [first = ''] = await write(arrivalOf(text));
      const arrivals = Array.from({ length: 6 }, (_, n) => arrivalOf(text, { hour: n + 2 }));
      await Promise.all([remove(first), ...arrivals.map((arrival) => writer.apply([arrival]))]);
      const ids = arrivals.map(({ article }) => article.id);
      const originals = await Promise.all(ids.map(originalOf));
      expect(originals).not.toContain(first);
      expect(originals.filter((id) => id === null)).toHaveLength(1);
    }
  });
});
