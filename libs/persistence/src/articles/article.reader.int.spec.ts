import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrailReader } from '../trail/trail.reader.ts';
import { TrailWriter } from '../trail/trail.writer.ts';
import { ArticleReader } from './article.reader.ts';
import { ArticleWriter } from './article.writer.ts';

const ID = randomUUID();
const ADDRESS = randomUUID();
const CREATED = new Date('2026-06-01T10:00:00Z');
const REVISED = new Date('2026-06-02T10:00:00Z');

let database: TestDatabase;
let pool: Pool;
let reader: ArticleReader;

const addresses = [ID, ADDRESS].map((addressId) => ({
  addressId,
  url: `https://news.example/${addressId}`,
}));
const first = articleArrival({
  id: ID,
  addresses,
  title: 'First title',
  authors: ['Ada, "the" Example', ''],
  image: { url: 'https://news.example/i.jpg', width: 3 },
  provenance: { title: { from: 'meta', rivals: [{ from: 'visible', value: 'Other' }] } },
  publishedAt: null,
  publishedAtPrecision: null,
  hour: 1,
});
const second = articleArrival({ id: ID, addresses, title: 'Second title', hour: 2 });

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  reader = new ArticleReader(pool);
  await new ArticleWriter(pool, () => CREATED).apply([first]);
  await new ArticleWriter(pool, () => REVISED).apply([second]);
});

afterAll(() => database.drop());

function contentOf({ article }: typeof first) {
  const { id: _id, addresses: _addresses, causedBy: _causedBy, ...content } = article;
  return content;
}

describe('one article', () => {
  it('is found under its id and under every address, with all its fields', async () => {
    const expected = {
      ...contentOf(second),
      id: ID,
      revision: 2,
      duplicateOf: null,
      storyId: null,
      firstSeenAt: first.article.version.appendedAt,
      updatedAt: REVISED.toISOString(),
    };
    expect(await reader.findById(ID)).toEqual(expected);
    expect(await reader.findById(ADDRESS)).toEqual(expected);
    expect(await reader.findById(randomUUID())).toBeNull();
  });

  it('keeps its past revisions with all their fields', async () => {
    expect(await reader.revision(ADDRESS, 1)).toEqual({
      ...contentOf(first),
      articleId: ID,
      revision: 1,
      createdAt: CREATED.toISOString(),
      supersededAt: REVISED.toISOString(),
    });
    expect(await reader.revision(ID, 2)).toMatchObject({
      title: 'Second title',
      supersededAt: null,
    });
    expect(await reader.revision(ID, 3)).toBeNull();
  });

  it('lists its revisions from the newest down', async () => {
    const revisions = await reader.revisions(ADDRESS);
    expect(revisions.map(({ revision, title }) => [revision, title])).toEqual([
      [2, 'Second title'],
      [1, 'First title'],
    ]);
    expect(await reader.revisions(randomUUID())).toEqual([]);
  });
});

describe('its trail', () => {
  it('holds the steps under all its ids, and those of the records these name', async () => {
    const trail = new TrailReader(pool);
    const record = randomUUID();
    const step = {
      service: 'gateway' as const,
      url: null,
      articleId: null,
      code: null,
      detail: { bytes: 12 },
    };
    const accepted = {
      ...step,
      id: randomUUID(),
      subject: ADDRESS,
      step: 'accepted' as const,
      at: '2026-05-31T00:00:00.000Z',
      record: `articles.raw/0/${record}`,
    };
    const lost = {
      ...step,
      id: randomUUID(),
      subject: randomUUID(),
      step: 'dead-lettered' as const,
      at: '2026-05-31T00:00:01.000Z',
      record: accepted.record,
    };
    const writer = new TrailWriter(pool);
    const broken = { ...accepted, id: randomUUID(), at: '0000-01-01T00:00:00.000Z' };
    const results = await writer.insert([accepted, broken, lost, accepted]);
    expect(results.map((error) => error?.code ?? null)).toEqual([null, 'DATA_REFUSED', null, null]);
    const steps = await trail.bySubjects(await reader.subjectsOf(ADDRESS));
    expect(steps.slice(0, 2)).toEqual([accepted, lost]);
    expect(steps.map((one) => one.step)).toEqual([
      'accepted',
      'dead-lettered',
      'indexed',
      'indexed',
    ]);
    expect(await trail.byRecord(accepted.record)).toEqual([accepted, lost]);
  });
});
