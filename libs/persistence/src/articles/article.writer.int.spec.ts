import { addressId } from '@broadsheet/article';
import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleArrival } from './article-arrival.ts';
import { ArticleWriter } from './article.writer.ts';

let database: TestDatabase;
let pool: Pool;
let writer: ArticleWriter;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  writer = new ArticleWriter(pool);
});

afterAll(() => database.drop());

async function kinds(arrivals: readonly ArticleArrival[]): Promise<string[]> {
  const outcomes = await writer.apply(arrivals);
  return outcomes.map((o) => (o.outcome === 'applied' ? o.event.kind : o.error.name));
}

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await pool.query<Record<string, unknown>>(sql, values)).rows;
}

async function stored(id: string): Promise<Record<string, unknown>> {
  const [row] = await rows('SELECT * FROM article WHERE id = $1', [id]);
  return row!;
}

/** The visible article that an address leads to. */
async function visibleUnder(id: string): Promise<unknown> {
  const [row] = await rows(
    `SELECT article.id FROM article_alias JOIN article ON article.id = article_id
     WHERE address_id = $1 AND duplicate_of IS NULL`,
    [id],
  );
  return row?.['id'];
}

function page(url: string, given: Parameters<typeof articleArrival>[0] = {}): ArticleArrival {
  const id = addressId(given.canonicalUrl ?? url)!;
  const urls = [...new Set([given.canonicalUrl ?? url, url])];
  const addresses = urls.map((u) => ({ addressId: addressId(u)!, url: u }));
  return articleArrival({ id, url, addresses, ...given });
}

let nextPage = 0;
function newUrl(): string {
  nextPage += 1;
  return `https://news.example/story-${nextPage}`;
}

describe('versions', () => {
  it('keeps A when a late B was fetched between two fetches of A', async () => {
    const url = newUrl();
    const a = { title: 'A', text: 'The text of A.' };
    expect(await kinds([page(url, { ...a, hour: 1 })])).toEqual(['created']);
    expect(await kinds([page(url, { ...a, hour: 3 })])).toEqual(['unchanged']);
    const late = page(url, { title: 'B', text: 'The text of B.', hour: 2 });
    expect(await kinds([late])).toEqual(['outdated']);
    expect(await stored(late.article.id)).toMatchObject({
      title: 'A',
      revision: 1,
      fetched_at: new Date('2026-05-01T03:00:00Z'),
    });
  });

  it('moves the version of an unchanged article without touching any index', async () => {
    const single = database.openPool({ maxConnections: 1 });
    const statistics = async () => {
      await single.query('SELECT pg_stat_force_next_flush()');
      const { rows: found } = await single.query<{ updated: number; hot: number }>(
        `SELECT n_tup_upd::int AS updated, n_tup_hot_upd::int AS hot
         FROM pg_stat_user_tables WHERE relname = 'article'`,
      );
      return found[0]!;
    };
    const url = newUrl();
    const patient = new ArticleWriter(single);
    await patient.apply([page(url)]);
    const before = await statistics();
    await patient.apply([page(url, { hour: 9 })]);
    const after = await statistics();
    expect(after).toEqual({ updated: before.updated + 1, hot: before.hot + 1 });
  });

  it('keeps what a revision replaced and moves updatedAt with it alone', async () => {
    const url = newUrl();
    let now = new Date('2026-06-01T00:00:00Z');
    const clocked = new ArticleWriter(pool, () => now);
    const first = page(url, { title: 'One', text: 'First text.', hour: 1 });
    await clocked.apply([first]);
    now = new Date('2026-06-02T00:00:00Z');
    const [refreshed] = await clocked.apply([
      page(url, { title: 'One', text: 'First text.', hour: 2, authors: ['Ada "The" \\ Example'] }),
    ]);
    expect(refreshed).toMatchObject({ event: { kind: 'refreshed', revision: 1 } });
    expect(await stored(first.article.id)).toMatchObject({
      authors: ['Ada "The" \\ Example'],
      updated_at: new Date('2026-06-01T00:00:00Z'),
    });
    now = new Date('2026-06-03T00:00:00Z');
    const [revised] = await clocked.apply([
      page(url, { title: 'Two', text: 'Second text.', hour: 3 }),
    ]);
    expect(revised).toMatchObject({ event: { kind: 'revised', revision: 2 } });
    expect(await stored(first.article.id)).toMatchObject({
      title: 'Two',
      updated_at: now,
      first_seen_at: new Date('2026-05-01T01:00:00Z'),
    });
    expect(
      await rows(
        'SELECT revision, title, authors, created_at, superseded_at FROM article_revision WHERE article_id = $1',
        [first.article.id],
      ),
    ).toEqual([
      {
        revision: 1,
        title: 'One',
        authors: ['Ada "The" \\ Example'],
        created_at: new Date('2026-06-01T00:00:00Z'),
        superseded_at: now,
      },
    ]);
  });

  it('replaces the current revision in place when a re-parse reads another text', async () => {
    const first = page(newUrl(), { text: 'Read badly.' });
    await writer.apply([first]);
    const { version, url } = first.article;
    const again = page(url!, {
      text: 'Read well.',
      version: { ...version, parserGeneration: 2 },
      causedBy: first.article.causedBy,
    });
    expect(await kinds([again])).toEqual(['refreshed']);
    expect(await stored(first.article.id)).toMatchObject({ text: 'Read well.', revision: 1 });
    expect(
      await rows('SELECT 1 FROM article_revision WHERE article_id = $1', [first.article.id]),
    ).toEqual([]);
  });

  it('takes the arrivals of one article in a batch from the oldest to the newest', async () => {
    const url = newUrl();
    const batch = [
      page(url, { text: 'Third.', hour: 3 }),
      page(newUrl()),
      page(url, { text: 'First.', hour: 1 }),
      page(url, { text: 'Second.', hour: 2 }),
      page(url, { text: 'Third.', hour: 4 }),
    ];
    expect(await kinds(batch)).toEqual(['revised', 'created', 'created', 'revised', 'unchanged']);
    const { id } = batch[0]!.article;
    expect(await stored(id)).toMatchObject({
      text: 'Third.',
      revision: 3,
      fetched_at: new Date('2026-05-01T04:00:00Z'),
    });
    expect(
      await rows(
        'SELECT revision, text FROM article_revision WHERE article_id = $1 ORDER BY revision',
        [id],
      ),
    ).toEqual([
      { revision: 1, text: 'First.' },
      { revision: 2, text: 'Second.' },
    ]);
  });

  it('never sorts an article into the future', async () => {
    const ahead = page(newUrl(), { publishedAt: '2031-01-01T00:00:00Z' });
    await writer.apply([ahead]);
    expect(await stored(ahead.article.id)).toMatchObject({
      published_at: new Date('2031-01-01T00:00:00Z'),
      sort_at: new Date('2026-05-01T01:00:00Z'),
    });
  });
});

describe('redelivery', () => {
  it('gives the stored kind again, once per cause, and writes nothing', async () => {
    const url = newUrl();
    const batch = [page(url, { hour: 1 }), page(url, { hour: 2 }), page(newUrl())];
    const first = await writer.apply(batch);
    const before = await rows(
      `SELECT (SELECT count(*) FROM article_change) AS changes, (SELECT count(*) FROM trail) AS steps`,
    );
    expect(await writer.apply(batch)).toEqual(first);
    expect(await writer.apply([batch[1]!, batch[1]!])).toEqual([first[1], first[1]]);
    expect(
      await rows(
        `SELECT (SELECT count(*) FROM article_change) AS changes, (SELECT count(*) FROM trail) AS steps`,
      ),
    ).toEqual(before);
  });
});

describe('addresses', () => {
  it.each(['canonical first', 'other first'])(
    'makes one article of a page under two addresses, %s',
    async (order) => {
      const canonicalUrl = newUrl();
      const other = `${canonicalUrl}-print`;
      const arrivals = [page(canonicalUrl, { canonicalUrl }), page(other, { canonicalUrl })];
      const ordered = order === 'canonical first' ? arrivals : arrivals.toReversed();
      expect(await kinds([ordered[0]!])).toEqual(['created']);
      expect(await kinds([ordered[1]!])).toEqual(['unchanged']);
      expect(await visibleUnder(addressId(canonicalUrl)!)).toBe(addressId(canonicalUrl));
      expect(await visibleUnder(addressId(other)!)).toBe(addressId(canonicalUrl));
    },
  );

  it.each([[[1, 2, 3]], [[2, 1, 3]], [[3, 1, 2]], [[3, 2, 1]], [[1, 3, 2]], [[2, 3, 1]]])(
    'leaves one visible article with the newest text when an address names its canonical late: %j',
    async (order) => {
      const canonicalUrl = newUrl();
      const other = `${canonicalUrl}-light`;
      const byHour = new Map([
        [1, page(other, { text: 'At one.', hour: 1 })],
        [2, page(canonicalUrl, { canonicalUrl, text: 'At two.', hour: 2 })],
        [3, page(other, { canonicalUrl, text: 'At three.', hour: 3 })],
      ]);
      for (const hour of order) await writer.apply([byHour.get(hour)!]);
      const visible = await visibleUnder(addressId(other)!);
      expect(await visibleUnder(addressId(canonicalUrl)!)).toBe(visible);
      expect(await stored(String(visible))).toMatchObject({ text: 'At three.' });
      expect(
        await rows('SELECT id FROM article WHERE id = ANY ($1) AND duplicate_of IS NULL', [
          [addressId(other), addressId(canonicalUrl)],
        ]),
      ).toEqual([{ id: visible }]);
    },
  );

  it('follows a canonical address that itself names another', async () => {
    const [a, b, c] = [newUrl(), newUrl(), newUrl()];
    await writer.apply([page(b, { canonicalUrl: a, hour: 1 })]);
    await writer.apply([page(a, { canonicalUrl: c, hour: 2 })]);
    for (const url of [a, b, c]) expect(await visibleUnder(addressId(url)!)).toBe(addressId(c));
    expect(await stored(addressId(a)!)).toMatchObject({ duplicate_of: addressId(c) });
    expect(
      await rows(
        `SELECT article_id FROM trail WHERE subject = $1 AND step = 'duplicate-of' AND detail = '{}'`,
        [addressId(a)],
      ),
    ).toEqual([{ article_id: addressId(c) }]);
  });

  it('makes one article of two pages that name each other', async () => {
    const [a, b] = [newUrl(), newUrl()];
    await writer.apply([
      page(a, { canonicalUrl: b, hour: 1 }),
      page(b, { canonicalUrl: a, hour: 2 }),
    ]);
    expect(await visibleUnder(addressId(a)!)).toBe(await visibleUnder(addressId(b)!));
  });
});

describe('tombstones', () => {
  it('refuses what a person deleted, under every address', async () => {
    const canonicalUrl = newUrl();
    const other = `${canonicalUrl}-print`;
    const id = addressId(canonicalUrl)!;
    await writer.apply([page(other, { canonicalUrl })]);
    await rows(`INSERT INTO article_tombstone VALUES ($1, 'person', now())`, [id]);
    await rows('DELETE FROM article WHERE id = $1', [id]);
    const elsewhere = newUrl();
    expect(
      await kinds([
        page(canonicalUrl, { hour: 5 }),
        page(other, { hour: 6 }),
        page(other, { canonicalUrl: elsewhere, hour: 7 }),
      ]),
    ).toEqual(['outdated', 'outdated', 'outdated']);
    expect(
      await rows('SELECT 1 FROM article WHERE id = ANY ($1)', [[id, addressId(elsewhere)]]),
    ).toEqual([]);
  });

  it('lets in again what was fetched after the retention removed it', async () => {
    const url = newUrl();
    const id = addressId(url)!;
    await rows(`INSERT INTO article_tombstone VALUES ($1, 'retention', '2026-05-01T05:00:00Z')`, [
      id,
    ]);
    expect(await kinds([page(url, { hour: 4 })])).toEqual(['outdated']);
    expect(await kinds([page(url, { hour: 6 })])).toEqual(['created']);
  });
});

describe('hostile data', () => {
  it('isolates the records that the database refuses and writes their neighbours', async () => {
    const batch = Array.from({ length: 20 }, () => page(newUrl()));
    batch[3] = page(newUrl(), { publishedAt: '0000-01-01T00:00:00Z' });
    const noise = Array.from({ length: 12_000 }, (_, n) =>
      String.fromCharCode(0x4e00 + ((n * 7919) % 20_000)),
    );
    batch[11] = page(newUrl(), { site: noise.join('') });
    batch[17] = page(newUrl(), {
      provenance: { 'ti\u0000tle': { from: 'meta', rivals: [] } },
    });
    const outcomes = await writer.apply(batch);
    expect(outcomes.flatMap((o, n) => (o.outcome === 'refused' ? [n] : []))).toEqual([3, 11, 17]);
    expect(outcomes[3]).toMatchObject({ error: { code: 'DATA_REFUSED' } });
    const [count] = await rows('SELECT count(*)::int AS n FROM article WHERE id = ANY ($1)', [
      batch.map(({ article }) => article.id),
    ]);
    expect(count).toEqual({ n: 17 });
  });

  it('stores text with U+0000 and halves of surrogate pairs in a clean form', async () => {
    const dirty = page(newUrl(), {
      title: 'A\u0000B',
      text: 'half \uD800 pair',
      authors: ['A\u0000da'],
      source: { name: 'T\u0000he \uDC00' },
    });
    expect(await kinds([dirty])).toEqual(['created']);
    expect(await stored(dirty.article.id)).toMatchObject({
      title: 'AB',
      text: 'half \uFFFD pair',
      authors: ['Ada'],
      source: { name: 'The \uFFFD' },
    });
  });

  it('stores a text of 1 MiB of different words, searchable by its beginning', async () => {
    const words = Array.from({ length: 150_000 }, (_, n) => (n * 2_654_435).toString(36));
    const huge = page(newUrl(), { text: words.join(' ').slice(0, 1024 * 1024) });
    expect(await kinds([huge])).toEqual(['created']);
    const found = await rows(
      `SELECT 1 FROM article WHERE id = $1 AND search_vector @@ to_tsquery('english', $2)`,
      [huge.article.id, words[100]],
    );
    expect(found).toHaveLength(1);
  });
});
