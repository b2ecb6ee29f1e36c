import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampFetchedAt, compareVersions, type ArticleVersion } from './article-version.ts';
import { contentHash, fieldsHash } from './content-hash.ts';
import { decideChange, type ArrivingArticle, type StoredArticle } from './decide-change.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 6, minute)).toISOString();
const version = (fetched: number, appended = fetched, parserGeneration = 1): ArticleVersion => ({
  fetchedAt: at(fetched),
  appendedAt: at(appended),
  parserGeneration,
});
const arrival = (
  content: string,
  fetched: number,
  more: Partial<ArrivingArticle> = {},
): ArrivingArticle => ({
  version: version(fetched),
  contentHash: content,
  fieldsHash: 'fields',
  ...more,
});

/** Stores what an arrival leaves behind, as the indexer does. */
function apply(stored: StoredArticle | null, incoming: ArrivingArticle): StoredArticle | null {
  const { kind, revision, nextVersion } = decideChange(stored, incoming, null);
  if (kind === 'outdated' || nextVersion === null) return stored;
  return { ...incoming, version: nextVersion, revision };
}

const arriveAll = (arrivals: readonly ArrivingArticle[]): StoredArticle | null =>
  arrivals.reduce<StoredArticle | null>(apply, null);

describe('decideChange', () => {
  const stored: StoredArticle = { ...arrival('A', 10), revision: 3 };

  it.each([
    ['created', null, arrival('A', 10), { revision: 1, nextVersion: version(10) }],
    ['revised', stored, arrival('B', 11), { revision: 4, nextVersion: version(11) }],
    [
      'refreshed',
      stored,
      arrival('A', 11, { fieldsHash: 'other' }),
      { revision: 3, nextVersion: version(11) },
    ],
    ['unchanged', stored, arrival('A', 11), { revision: 3, nextVersion: version(11) }],
    ['outdated', stored, arrival('B', 9), { revision: 3, nextVersion: version(10) }],
  ] as const)('calls an arrival %s', (kind, before, incoming, after) => {
    expect(decideChange(before, incoming, null)).toEqual({ kind, ...after });
  });

  it('keeps A where A came at 1 and at 3 and B, from 2, comes late', () => {
    expect(arriveAll([arrival('A', 1), arrival('A', 3), arrival('B', 2)])).toMatchObject({
      contentHash: 'A',
      version: version(3),
      revision: 1,
    });
  });

  it('replaces the current revision in place when better rules read the same fetch', () => {
    const reparsed = arrival('A2', 10, { version: version(10, 10, 2) });
    expect(decideChange(stored, reparsed, null)).toEqual({
      kind: 'refreshed',
      revision: 3,
      nextVersion: reparsed.version,
    });
    expect(decideChange({ ...reparsed, revision: 3 }, stored, null).kind).toBe('outdated');
  });

  it('lets the later of two equal versions win, as they were appended', () => {
    expect(arriveAll([arrival('A', 10), arrival('B', 10)])).toMatchObject({
      contentHash: 'B',
      revision: 2,
    });
  });

  it('never brings back what a person deleted, and what retention deleted only when it was fetched since', () => {
    expect(decideChange(null, arrival('A', 99), { reason: 'person', at: at(10) }).kind).toBe(
      'outdated',
    );
    expect(decideChange(null, arrival('A', 10), { reason: 'retention', at: at(10) })).toEqual({
      kind: 'outdated',
      revision: 0,
      nextVersion: null,
    });
    expect(decideChange(null, arrival('A', 11), { reason: 'retention', at: at(10) }).kind).toBe(
      'created',
    );
  });

  const minute = fc.integer({ min: 0, max: 50 });
  const anyVersion = fc.record({
    fetchedAt: minute.map(at),
    appendedAt: minute.map(at),
    parserGeneration: fc.integer({ min: 1, max: 3 }),
  });
  const anyArrival = fc.record({
    version: anyVersion,
    contentHash: fc.constantFrom('A', 'B', 'C'),
    fieldsHash: fc.constantFrom('x', 'y'),
  });
  const arrivals = fc.uniqueArray(anyArrival, {
    minLength: 1,
    maxLength: 8,
    selector: (a) => JSON.stringify(a.version),
  });

  it('leaves the newest version whatever the order of arrival', () => {
    const shuffled = arrivals.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    fc.assert(
      fc.property(shuffled, (all) => {
        const newest = all.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
        expect(arriveAll(all)).toMatchObject({ ...newest });
      }),
    );
  });

  it('changes nothing when everything arrives again', () => {
    fc.assert(
      fc.property(arrivals, (all) => {
        const once = arriveAll(all);
        const twice = all.reduce<StoredArticle | null>(apply, once);
        expect(twice).toEqual(once);
      }),
    );
  });

  it('never lowers the revision and raises it only for a revision', () => {
    fc.assert(
      fc.property(
        fc.option(
          fc.record({
            version: anyVersion,
            contentHash: fc.string(),
            fieldsHash: fc.string(),
            revision: fc.integer({ min: 1, max: 9 }),
          }),
        ),
        anyArrival,
        (before, incoming) => {
          const change = decideChange(before, incoming, null);
          const raised = change.revision - (before?.revision ?? 0);
          expect(raised).toBe(change.kind === 'created' || change.kind === 'revised' ? 1 : 0);
        },
      ),
    );
  });
});

describe('clampFetchedAt', () => {
  it.each([
    [null, at(10)],
    ['no time', at(10)],
    [at(3), at(3)],
    [at(15), at(15)],
    [at(16), at(10)],
  ])('of %s, appended at minute 10, is %s', (fetchedAt, expected) => {
    expect(clampFetchedAt(fetchedAt, at(10))).toBe(expected);
  });
});

describe('hashes', () => {
  it('tell title and text apart, and not the spellings of one letter', () => {
    expect(contentHash({ title: 'ab', text: 'c' })).not.toBe(
      contentHash({ title: 'a', text: 'bc' }),
    );
    expect(contentHash({ title: '\u00e9', text: '' })).toBe(
      contentHash({ title: 'e\u0301', text: '' }),
    );
    expect(contentHash({ title: '', text: '' })).toMatch(/^[0-9a-f]{64}$/);
  });

  it('do not depend on the order of fields, but on that of lists', () => {
    expect(fieldsHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(
      fieldsHash({ b: { d: null, c: [1, 2] }, a: 1 }),
    );
    expect(fieldsHash({ a: [1, 2] })).not.toBe(fieldsHash({ a: [2, 1] }));
  });
});
