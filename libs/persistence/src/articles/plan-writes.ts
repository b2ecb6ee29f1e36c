import { compareVersions, decideChange } from '@broadsheet/article';
import type { ArticleVersion } from '@broadsheet/contracts';
import type { ArticleArrival } from './article-arrival.ts';
import { AddressBook } from './address-book.ts';
import { ArticleDraft } from './article-draft.ts';
import { fieldsHashOf } from './fields-hash.ts';
import type { PlannedChange, WritePlan } from './write-plan.ts';
import type { WriteState } from './write-state.ts';

/**
 * Decides what a batch of arrivals with unknown causes does to what is stored. The arrivals of one article
 * are taken from the oldest version to the newest, whatever their order in the batch.
 */
export function planWrites(
  state: WriteState,
  arrivals: readonly ArticleArrival[],
  now: string,
): WritePlan {
  const drafts = new Map(
    [...state.articles.values()].map((stored) => [stored.id, ArticleDraft.of(stored)]),
  );
  const book = new AddressBook(state, drafts);
  const changes = oldestFirst(arrivals).map((arrival) =>
    applyArrival({ state, drafts, book, now }, arrival),
  );
  const touched = [...drafts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    articles: touched.flatMap((draft) => draft.planned(now)),
    advanced: touched.flatMap((draft) => draft.advanced()),
    superseded: touched.filter((draft) => draft.supersedesStored).map(({ id }) => id),
    passed: touched.flatMap((draft) => draft.passed),
    ...book.planned(),
    changes,
  };
}

interface Batch {
  readonly state: WriteState;
  readonly drafts: Map<string, ArticleDraft>;
  readonly book: AddressBook;
  readonly now: string;
}

function applyArrival({ state, drafts, book, now }: Batch, arrival: ArticleArrival): PlannedChange {
  const id = book.settle(arrival);
  const draft = drafts.get(id) ?? null;
  const incoming = {
    version: arrival.article.version,
    contentHash: arrival.article.contentHash,
    fieldsHash: fieldsHashOf(arrival.article),
  };
  const { kind, revision } = decideChange(
    draft?.current ?? null,
    incoming,
    state.tombstones.get(id) ?? null,
  );
  if (draft === null && kind === 'created') {
    const firstSeenAt = firstSeen(incoming.version, now);
    drafts.set(id, ArticleDraft.from({ id, firstSeenAt }, arrival, incoming));
  } else if (draft !== null && kind !== 'outdated') {
    draft.take(arrival, { ...incoming, kind, revision });
  }
  return { articleId: id, revision, kind, arrival };
}

/** When its record was appended; but a broker's clock may be ahead of ours. */
function firstSeen({ appendedAt }: ArticleVersion, now: string): string {
  return Date.parse(appendedAt) < Date.parse(now) ? appendedAt : now;
}

function oldestFirst(arrivals: readonly ArticleArrival[]): ArticleArrival[] {
  return [...arrivals].sort((a, b) => compareVersions(a.article.version, b.article.version));
}
