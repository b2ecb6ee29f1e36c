import type { ArticleTombstone } from '@broadsheet/article';
import { articleArrival } from '@broadsheet/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleArrival } from './article-arrival.ts';
import { planWrites } from './plan-writes.ts';
import type { WritePlan } from './write-plan.ts';
import type { StoredState, WriteState } from './write-state.ts';

const NOW = '2026-06-01T00:00:00.000Z';
const IDS = [1, 2, 3, 4, 5].map((n) => `00000000-0000-5000-8000-00000000000${n}`);

interface Store {
  readonly articles: Map<string, StoredState & { text: string }>;
  readonly aliases: Map<string, string>;
  readonly tombstones: Map<string, ArticleTombstone>;
}

const emptyStore = (): Store => ({
  articles: new Map(),
  aliases: new Map(),
  tombstones: new Map(),
});

/** What the statements do, in memory. */
function carryOut(store: Store, plan: WritePlan): void {
  for (const planned of plan.articles) {
    const { id, arrival, version, fieldsHash, revision, firstSeenAt } = planned;
    const { contentHash, text } = arrival.article;
    const duplicateOf = store.articles.get(id)?.duplicateOf ?? null;
    const copyOf = planned.copyOf;
    const state = { id, version, fieldsHash, revision, firstSeenAt, contentHash, copyOf };
    store.articles.set(id, { ...state, text, duplicateOf });
  }
  for (const { id, version } of plan.advanced) {
    store.articles.set(id, { ...store.articles.get(id)!, version });
  }
  for (const { addressId, articleId } of [...plan.newAliases, ...plan.movedAliases]) {
    store.aliases.set(addressId, articleId);
  }
  for (const { articleId, duplicateOf } of plan.merges) {
    for (const [address, to] of store.aliases) {
      if (to === articleId) store.aliases.set(address, duplicateOf);
    }
    for (const [id, state] of store.articles) {
      if (id === articleId || state.duplicateOf === articleId) {
        store.articles.set(id, { ...state, duplicateOf });
      }
    }
  }
}

function apply(store: Store, batches: readonly (readonly ArticleArrival[])[]): WritePlan[] {
  return batches.map((batch) => {
    const plan = planWrites(store satisfies WriteState, batch, NOW);
    carryOut(store, plan);
    return plan;
  });
}

/** Pages that live under some of five addresses and name one of these as their canonical one. */
const arrivals = fc
  .array(
    fc.record({
      pushed: fc.constantFrom(...IDS),
      canonical: fc.constantFrom(...IDS),
      text: fc.constantFrom('one', 'two', 'three'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((pages) =>
    pages.map(({ pushed, canonical, text }, index) => {
      const ids = [...new Set([canonical, pushed])];
      const addresses = ids.map((id) => ({ addressId: id, url: `https://news.example/${id}` }));
      return articleArrival({ id: canonical, addresses, text, url: null, hour: index });
    }),
  );

function shuffled<T>(items: readonly T[], numbers: Iterator<number>): T[] {
  const keys = new Map(items.map((item) => [item, Number(numbers.next().value)]));
  return items.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
}

function partsOf<T>(items: readonly T[], cuts: readonly number[]): T[][] {
  const edges = [...new Set(cuts.map((cut) => cut % items.length))].sort((a, b) => a - b);
  return [0, ...edges]
    .map((edge, index, all) => items.slice(edge, all[index + 1] ?? items.length))
    .filter((part) => part.length > 0);
}

describe('planWrites', () => {
  it('leads every address to one visible article, whatever the order and the batches', () => {
    fc.assert(
      fc.property(
        arrivals,
        fc.infiniteStream(fc.nat()),
        fc.array(fc.nat(), { maxLength: 4 }),
        (given, numbers, cuts) => {
          const store = emptyStore();
          const plans = apply(store, partsOf(shuffled(given, numbers), cuts));
          expect(plans.flatMap(({ changes }) => changes)).toHaveLength(given.length);
          for (const { article } of given) {
            const targets = new Set(article.addresses.map((a) => store.aliases.get(a.addressId)));
            expect(targets.size).toBe(1);
            expect(store.articles.get([...targets][0]!)?.duplicateOf).toBeNull();
          }
          for (const state of store.articles.values()) {
            const stands = store.articles.get(state.duplicateOf ?? state.id);
            expect(stands?.duplicateOf).toBeNull();
          }
        },
      ),
    );
  });

  it('shows the newest text of each article, whatever the order', () => {
    fc.assert(
      fc.property(arrivals, fc.boolean(), (given, isReversed) => {
        const store = emptyStore();
        apply(
          store,
          (isReversed ? given.toReversed() : given).map((one) => [one]),
        );
        const newest = given.at(-1)!.article;
        expect(store.articles.get(store.aliases.get(newest.id)!)?.text).toBe(newest.text);
      }),
    );
  });

  it('keeps a deleted article deleted, whoever names its address', () => {
    fc.assert(
      fc.property(arrivals, (given) => {
        const store = emptyStore();
        store.tombstones.set(IDS[0]!, { reason: 'person', at: NOW });
        apply(
          store,
          given.map((one) => [one]),
        );
        expect(store.articles.has(IDS[0]!)).toBe(false);
        expect(store.aliases.get(IDS[0]!) ?? IDS[0]).toBe(IDS[0]);
      }),
    );
  });

  it('lists rows in the order of their ids, each once', () => {
    fc.assert(
      fc.property(arrivals, (given) => {
        const plan = planWrites(emptyStore(), given, NOW);
        for (const ids of [
          plan.articles.map(({ id }) => id),
          plan.newAliases.map(({ addressId }) => addressId),
          plan.merges.map(({ articleId }) => articleId),
        ]) {
          expect(ids).toEqual([...new Set(ids)].sort());
        }
      }),
    );
  });

  it('does not take another address, or another way to the same values, for a change', () => {
    const id = IDS[0]!;
    const canonicalUrl = 'https://news.example/a';
    const first = articleArrival({ id, url: canonicalUrl, canonicalUrl, hour: 1 });
    const second = articleArrival({
      ...first.article,
      url: 'https://news.example/a/print',
      provenance: { title: { from: 'meta', rivals: [] } },
      version: { ...first.article.version, fetchedAt: '2026-05-01T02:00:00.000Z' },
    });
    const { changes } = planWrites(emptyStore(), [first, second], NOW);
    expect(changes.map(({ kind }) => kind)).toEqual(['created', 'unchanged']);
  });

  it('takes an append time ahead of the clock for now', () => {
    const version = { fetchedAt: NOW, appendedAt: '2026-06-01T00:04:00.000Z', parserGeneration: 1 };
    const { articles } = planWrites(emptyStore(), [articleArrival({ version })], NOW);
    expect(articles[0]?.firstSeenAt).toBe(NOW);
  });
});
