import type { ArticleIndexed } from '@broadsheet/contracts';
import type { Pool } from 'pg';
import { inTransaction, type Query } from '../database/session.ts';
import { isolateRefused } from '../database/isolate-refused.ts';
import { withConflictRetries } from '../database/conflict-retries.ts';
import type { CopyJudgement } from '../near-duplicates/copy-subject.ts';
import { judgeCopies } from '../near-duplicates/judge-copies.ts';
import { settleCopies } from '../near-duplicates/settle-copies.ts';
import { writeSignatures } from '../near-duplicates/write-signatures.ts';
import type { ArrivalOutcome, ArticleArrival } from './article-arrival.ts';
import {
  appendChanges,
  appendUncausedChanges,
  causeOf,
  findChanges,
  lockPositions,
  type LoggedChanges,
} from './change-log.ts';
import { executePlan, insertTrail } from './execute-plan.ts';
import { loadState } from './load-state.ts';
import { planWrites } from './plan-writes.ts';
import { copySteps, trailSteps } from './trail-steps.ts';
import type { WritePlan } from './write-plan.ts';

/** Writes what the parser found. */
export class ArticleWriter {
  constructor(
    private readonly pool: Pool,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /**
   * Applies arrivals and returns one outcome for each, in their order. A known cause changes nothing and
   * gets the outcome it got the first time. Throws DatabaseUnavailable, WriteConflict or QueryTimedOut;
   * then the part of the arrivals that was written is known by its causes.
   */
  apply(
    arrivals: readonly ArticleArrival[],
    signal?: AbortSignal,
  ): Promise<readonly ArrivalOutcome[]> {
    return isolateRefused<ArticleArrival, ArrivalOutcome>(
      arrivals,
      (part) => this.applyTogether(part, signal),
      (error) => ({ outcome: 'refused', error }),
    );
  }

  private async applyTogether(
    arrivals: readonly ArticleArrival[],
    signal: AbortSignal | undefined,
  ): Promise<readonly ArrivalOutcome[]> {
    const changes = await withConflictRetries(() =>
      inTransaction(this.pool, (query) => this.write(query, arrivals), signal),
    );
    return arrivals.map((arrival) => outcomeOf(arrival, changes));
  }

  private async write(query: Query, arrivals: readonly ArticleArrival[]): Promise<LoggedChanges> {
    const known = await findChanges(query, arrivals);
    const fresh = firstOfEachCause(arrivals).filter((arrival) => !known.has(causeOf(arrival)));
    if (fresh.length === 0) return known;
    const now = this.clock().toISOString();
    const plan = planWrites(await loadState(query, fresh), fresh, now);
    const judgement = await judgeCopies(query, plan.articles);
    await executePlan(query, withOriginals(plan, judgement), trailSteps(plan, now), now);
    await writeSignatures(query, judgement);
    await lockPositions(query);
    const settled = await settleCopies(query, judgement, plan.merges);
    await insertTrail(query, copySteps(plan, settled.decisions, now));
    const changes = await appendChanges(query, plan.changes, now);
    await appendUncausedChanges(query, settled.released, now);
    return new Map([...known, ...changes]);
  }
}

function firstOfEachCause(arrivals: readonly ArticleArrival[]): ArticleArrival[] {
  const byCause = new Map<string, ArticleArrival>();
  for (const arrival of arrivals) {
    const cause = causeOf(arrival);
    if (!byCause.has(cause)) byCause.set(cause, arrival);
  }
  return [...byCause.values()];
}

function withOriginals(plan: WritePlan, { decisions }: CopyJudgement): WritePlan {
  const originals = new Map(decisions.map(({ articleId, original }) => [articleId, original]));
  const articles = plan.articles.map((planned) =>
    planned.isReworded ? { ...planned, copyOf: originals.get(planned.id)?.id ?? null } : planned,
  );
  return { ...plan, articles };
}

function outcomeOf(arrival: ArticleArrival, changes: LoggedChanges): ArrivalOutcome {
  const change = changes.get(causeOf(arrival));
  if (!change) throw new Error(`no change was logged for ${causeOf(arrival)}`);
  const { url, title, contentHash, causedBy } = arrival.article;
  const event: ArticleIndexed = { ...change, url, title, contentHash, causedBy };
  return { outcome: 'applied', event };
}
