import { type StoryCandidate, storyTerms } from '@broadsheet/article';
import type { ChangeKind } from '@broadsheet/contracts';
import { functionWordsOf } from '@broadsheet/text';
import type { Pool } from 'pg';
import { withConflictRetries } from '../database/conflict-retries.ts';
import { inTransaction, type Query } from '../database/session.ts';
import {
  EVERY_ARTICLE,
  nearestOf,
  type Newcomer,
  type PlacedArticles,
  type RelatedArticles,
  StoryPlacement,
} from './place-newcomers.ts';
import {
  ADD_ALIASES,
  COUNT_STORIES,
  DROP_SMALL_STORIES,
  FIND_RELATED,
  MOVE_ALIASES,
  MOVE_MEMBERS,
  READ_CHANGES,
  READ_MEMBERS,
  READ_NEWCOMERS,
  READ_NEWEST_POSITION,
  READ_PROGRESS,
  TAKE_OUT_MEMBERS,
  TAKE_OUT_TERMS,
  TRY_LOCK,
  WRITE_MEMBERS,
  WRITE_PROGRESS,
} from './story-statements.ts';

const STORY_LOCK = 7_310_003;
const MAX_CHANGES = 100;
const HOUR_MS = 3_600_000;

interface ChangeRow {
  readonly position: string;
  readonly article_id: string;
  readonly kind: ChangeKind;
}

interface NewcomerRow {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly language: string | null;
  readonly sort_at: Date;
  readonly copy_of: string | null;
  readonly story_of_original: string | null;
}

type RelatedRow = RelatedArticles & { readonly newcomer: number };

export interface GatheredChanges {
  /** 0: none are left, or another gatherer is at work. */
  readonly count: number;
  /** The position of the newest change, whether it was reached or not; null where it was not looked at. */
  readonly newestPosition: bigint | null;
}

const NOTHING_GATHERED: GatheredChanges = { count: 0, newestPosition: null };

/** Follows the change log and puts articles into stories, one gatherer at a time. */
export class StoryGatherer {
  constructor(private readonly pool: Pool) {}

  /** Goes on by some changes. */
  gather(signal?: AbortSignal): Promise<GatheredChanges> {
    return withConflictRetries(() =>
      inTransaction(this.pool, (query) => gatherSome(query), signal),
    );
  }
}

async function gatherSome(query: Query): Promise<GatheredChanges> {
  const [lock] = await query<{ is_mine: boolean }>(TRY_LOCK, [STORY_LOCK]);
  if (!lock?.is_mine) return NOTHING_GATHERED;
  const [progress] = await query<{ position: string }>(READ_PROGRESS);
  const changes = await query<ChangeRow>(READ_CHANGES, [progress?.position ?? '0', MAX_CHANGES]);
  const last = changes.at(-1);
  if (last === undefined) return NOTHING_GATHERED;
  const gone = idsOf(changes, (kind) => kind === 'deleted');
  const left = await takeOut(query, gone);
  const changed = idsOf(
    changes,
    (kind) => kind === 'created' || kind === 'revised' || kind === 'refreshed',
  );
  const { members, merged } = await placeAll(query, await readNewcomers(query, changed));
  await writeMembers(query, members);
  await mergeStories(query, merged);
  const touched = [
    ...left,
    ...merged.keys(),
    ...members.map(({ storyId }) => storyId),
    ...merged.values(),
  ];
  await recount(query, [...new Set(touched)]);
  await query(WRITE_PROGRESS, [last.position]);
  const [newest] = await query<{ position: string }>(READ_NEWEST_POSITION);
  return { count: changes.length, newestPosition: BigInt(newest?.position ?? last.position) };
}

function idsOf(changes: readonly ChangeRow[], wanted: (kind: ChangeKind) => boolean): string[] {
  return [...new Set(changes.filter(({ kind }) => wanted(kind)).map((row) => row.article_id))];
}

async function takeOut(query: Query, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  await query(TAKE_OUT_TERMS, [ids]);
  const rows = await query<{ story_id: string }>(TAKE_OUT_MEMBERS, [ids]);
  return rows.map((row) => row.story_id);
}

async function readNewcomers(query: Query, ids: readonly string[]): Promise<readonly Newcomer[]> {
  if (ids.length === 0) return [];
  const rows = await query<NewcomerRow>(READ_NEWCOMERS, [ids]);
  const known = new Set<string | null>(rows.map((row) => row.id));
  return rows.map((row) => {
    const { id, sort_at: at, copy_of: original, story_of_original: storyOfOriginal } = row;
    const placed = { id, at, original, storyOfOriginal };
    if (storyOfOriginal !== null || known.has(original)) return { ...placed, terms: [] };
    const { title, names } = storyTerms(row, functionWordsOf(row.language));
    return { ...placed, terms: [...title, ...names] };
  });
}

async function placeAll(query: Query, newcomers: readonly Newcomer[]): Promise<PlacedArticles> {
  const probes = newcomers.flatMap(({ at, terms }, newcomer) =>
    terms.length === 0
      ? []
      : [...terms, EVERY_ARTICLE].map((term) => ({ newcomer, term, hour: hourOf(at) })),
  );
  const rows =
    probes.length === 0
      ? []
      : await query<RelatedRow>(FIND_RELATED, [
          probes.map(({ newcomer }) => newcomer),
          probes.map(({ term }) => term),
          probes.map(({ hour }) => hour),
        ]);
  const related = Map.groupBy(rows, ({ newcomer }) => newcomer);
  const placement = new StoryPlacement(await readCandidates(query, [...related.values()]));
  newcomers.forEach((newcomer, n) => {
    placement.place(newcomer, related.get(n) ?? []);
  });
  return placement.result();
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / HOUR_MS);
}

async function readCandidates(
  query: Query,
  related: readonly (readonly RelatedArticles[])[],
): Promise<ReadonlyMap<number, StoryCandidate>> {
  const numbers = [...new Set(related.flatMap(nearestOf))];
  if (numbers.length === 0) return new Map();
  const rows = await query<{ number: number; story_id: string; terms: number[] }>(READ_MEMBERS, [
    numbers,
  ]);
  return new Map(
    rows.map(({ number, story_id: storyId, terms }) => [
      number,
      { storyId, number, terms: new Set(terms) },
    ]),
  );
}

async function writeMembers(query: Query, members: PlacedArticles['members']): Promise<void> {
  if (members.length === 0) return;
  await query(WRITE_MEMBERS, [
    members.map(({ newcomer }) => newcomer.id),
    members.map(({ storyId }) => storyId),
    members.map(({ newcomer }) => newcomer.at.toISOString()),
    members.map(({ newcomer }) => `{${newcomer.terms.join(',')}}`),
  ]);
}

async function mergeStories(query: Query, merged: PlacedArticles['merged']): Promise<void> {
  if (merged.size === 0) return;
  const pairs = [[...merged.keys()], [...merged.values()]];
  for (const statement of [MOVE_MEMBERS, MOVE_ALIASES, ADD_ALIASES]) await query(statement, pairs);
}

async function recount(query: Query, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await query(COUNT_STORIES, [ids]);
  await query(DROP_SMALL_STORIES, [ids]);
}
