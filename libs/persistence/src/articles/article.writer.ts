import type { ArticleIndexed } from '@broadsheet/contracts';
import type { Pool } from 'pg';
import { inTransaction, type Query } from '../database/session.ts';
import { isolateRefused } from '../database/isolate-refused.ts';
import { withConflictRetries } from '../database/conflict-retries.ts';
import type { ArrivalOutcome, ArticleArrival } from './article-arrival.ts';
import { appendChanges, causeOf, findChanges, type LoggedChanges } from './change-log.ts';
import { executePlan } from './execute-plan.ts';
import { loadState } from './load-state.ts';
import { planWrites } from './plan-writes.ts';
import { trailSteps } from './trail-steps.ts';

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
    await executePlan(query, plan, trailSteps(plan, now), now);
    return new Map([...known, ...(await appendChanges(query, plan.changes, now))]);
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

function outcomeOf(arrival: ArticleArrival, changes: LoggedChanges): ArrivalOutcome {
  const change = changes.get(causeOf(arrival));
  if (!change) throw new Error(`no change was logged for ${causeOf(arrival)}`);
  const { url, title, contentHash, causedBy } = arrival.article;
  const event: ArticleIndexed = { ...change, url, title, contentHash, causedBy };
  return { outcome: 'applied', event };
}
