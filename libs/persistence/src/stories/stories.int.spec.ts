import type { ParsedArticle } from '@broadsheet/contracts';
import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { contentHash } from '@broadsheet/article';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { DeletionRepository } from '../deletions/deletion.repository.ts';
import { StoryGatherer } from './story.gatherer.ts';
import { StoryReader } from './story.reader.ts';

let database: TestDatabase;
let pool: Pool;
let writer: ArticleWriter;
let reader: ArticleReader;
let stories: StoryReader;
let gatherer: StoryGatherer;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  writer = new ArticleWriter(pool);
  reader = new ArticleReader(pool);
  stories = new StoryReader(pool);
  gatherer = new StoryGatherer(pool);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await pool.query(
    'TRUNCATE article, article_revision, article_change, article_signature, article_band, story_member, story_term, story, story_alias',
  );
  await pool.query('UPDATE story_progress SET position = 0');
});

const SUBJECTS = {
  quake: 'Earthquake Ridgeville school collapses rescue mayor Hooper',
  budget: 'Parliament budget debate minister Kay pensions vote coalition',
} as const;

/** A report with words of its own and those of its subject in the title. */
async function report(
  subject: string,
  { day = 1, ...given }: Partial<ParsedArticle> & { day?: number } = {},
): Promise<string> {
  const id = given.id ?? randomUUID();
  const own = Array.from({ length: 60 }, (_, n) => `w${id.slice(0, 8)}x${n}`).join(' ');
  const title = given.title ?? `${subject} ${id.slice(0, 4)}`;
  const text = given.text ?? own;
  const publishedAt = new Date(Date.UTC(2026, 2, day)).toISOString();
  const hash = contentHash({ title, text });
  await writer.apply([
    articleArrival({ publishedAt, ...given, id, title, text, contentHash: hash }),
  ]);
  return id;
}

async function gatherAll(): Promise<void> {
  while ((await gatherer.gather()).count > 0);
}

async function storyOf(id: string): Promise<string | null | undefined> {
  return (await reader.findById(id))?.storyId;
}

describe('articles about one event', () => {
  it('are one story under the id of the first, apart from others', async () => {
    const first = await report(SUBJECTS.quake);
    const other = await report(SUBJECTS.budget);
    await gatherAll();
    const second = await report(SUBJECTS.quake, { day: 2 });
    await gatherAll();
    expect(await Promise.all([first, second, other].map(storyOf))).toEqual([first, first, other]);
    expect(await stories.list('recent', 10, null)).toMatchObject({
      items: [{ id: first, size: 2, title: expect.stringContaining('Earthquake') }],
      next: null,
    });
    expect((await stories.articles(first, 10, null)).items.map(({ id }) => id)).toEqual([
      second,
      first,
    ]);
    expect(await stories.findById(other)).toMatchObject({ id: other, size: 1 });
    expect(await stories.findById(randomUUID())).toBeNull();
  });

  it('are found within one go too, and a copy goes where its original is', async () => {
    const [first, second] = [await report(SUBJECTS.quake), await report(SUBJECTS.quake)];
    const text = (await reader.findById(first))?.text ?? '';
    const copy = await report('', { title: 'Quite another headline', text });
    await gatherAll();
    expect(await Promise.all([first, second, copy].map(storyOf))).toEqual([first, first, first]);
  });

  it('are two stories when weeks lie between them', async () => {
    const [march, april] = [
      await report(SUBJECTS.quake),
      await report(SUBJECTS.quake, { day: 25 }),
    ];
    await gatherAll();
    expect([await storyOf(march), await storyOf(april)]).toEqual([march, april]);
  });

  it('stay in their story when they are revised', async () => {
    const first = await report(SUBJECTS.quake);
    const second = await report(SUBJECTS.quake);
    await gatherAll();
    await writer.apply([
      articleArrival({ id: second, title: 'Something else', text: 'New.', hour: 9 }),
    ]);
    await gatherAll();
    expect(await storyOf(second)).toBe(first);
  });
});

describe('stories', () => {
  it('become one when an article belongs to both, and the old link goes on leading there', async () => {
    const [day1, day7] = [
      await report(SUBJECTS.quake, { day: 1 }),
      await report(SUBJECTS.quake, { day: 6 }),
    ];
    await gatherAll();
    expect(await storyOf(day7)).toBe(day7);
    const between = await report(SUBJECTS.quake, { day: 4, title: SUBJECTS.quake });
    await gatherAll();
    expect(await Promise.all([day1, between, day7].map(storyOf))).toEqual([day1, day1, day1]);
    expect(await stories.findById(day7)).toMatchObject({ id: day1, size: 3 });
  });

  it('lose what is deleted, and end with their last article', async () => {
    const ids = [await report(SUBJECTS.quake), await report(SUBJECTS.quake)];
    await gatherAll();
    const deletions = new DeletionRepository(pool);
    for (const [n, id] of ids.entries()) {
      await deletions.order(id);
      await deletions.carryOutNext();
      await deletions.complete(id);
      await gatherAll();
      expect((await stories.list('recent', 10, null)).items).toEqual([]);
      expect((await stories.findById(ids[0]!))?.size).toBe(n === 0 ? 1 : undefined);
    }
    expect((await pool.query('SELECT 1 FROM story_term')).rows).toEqual([]);
  });

  it('are paged by recency and by size without gaps', async () => {
    const subjects = ['Alpha', 'Beta', 'Gamma'].map(
      (name) => `${name}ville ${name}ing ${name}son ${name}ova`,
    );
    for (const [n, subject] of subjects.entries()) {
      for (let count = 0; count < n + 2; count += 1) await report(subject, { day: n + 1 });
    }
    await gatherAll();
    for (const sort of ['recent', 'size'] as const) {
      const sizes: number[] = [];
      let page = await stories.list(sort, 1, null);
      for (;;) {
        sizes.push(...page.items.map(({ size }) => size));
        if (page.next === null) break;
        page = await stories.list(sort, 1, page.next);
      }
      expect(sizes).toEqual([4, 3, 2]);
    }
  });

  it('are gathered once by gatherers at the same time', async () => {
    for (let n = 0; n < 6; n += 1) await report(SUBJECTS.quake);
    await Promise.all([1, 2, 3].map(gatherAll));
    await gatherAll();
    expect((await stories.list('size', 10, null)).items).toMatchObject([{ size: 6 }]);
    const { rows } = await pool.query('SELECT 1 FROM story_member');
    expect(rows).toHaveLength(6);
  });
});
