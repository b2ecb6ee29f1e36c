/** How often one offset may fail, with everything around it working, before it counts as poison. */
const MAX_FAILURES = 3;

/** What is held against the records of a partition from `firstOffset` on. */
export interface Suspicion {
  readonly firstOffset: bigint;
  readonly failures: number;
  /** Set while the records up to `untilOffset` are run in smaller and smaller chunks. */
  readonly bisection: { readonly untilOffset: bigint; readonly maxRecords: number } | null;
}

export interface FailedChunk {
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
  readonly records: number;
  /** outage: what is behind the handler is away · never: trying again cannot help · error: the rest. */
  readonly failure: 'outage' | 'never' | 'error';
}

export type FailureDecision =
  /** Keep the offset, come back after the outage back-off. */
  | { readonly kind: 'wait' }
  /** Come back soon. */
  | { readonly kind: 'retry'; readonly suspicion: Suspicion }
  /** Run again at once, in smaller chunks. */
  | { readonly kind: 'bisect'; readonly suspicion: Suspicion }
  /** The chunk is one record, and that is the bad one. */
  | { readonly kind: 'dead-letter'; readonly suspicion: Suspicion | null };

/**
 * Whether the outcome depends on the sink being reachable. Asked before decideAfterFailure, for a
 * probe costs a round trip: only what would otherwise move towards the dead letters needs one.
 */
export function needsProbe(suspicion: Suspicion | null, chunk: FailedChunk): boolean {
  if (chunk.failure !== 'error') return false;
  return bisectionOf(suspicion, chunk) !== null || countFailures(suspicion, chunk) >= MAX_FAILURES;
}

/** What to do after a chunk failed. An unreachable sink makes every failure an outage. */
export function decideAfterFailure(
  suspicion: Suspicion | null,
  chunk: FailedChunk,
  isSinkReachable: boolean,
): FailureDecision {
  if (chunk.failure === 'outage' || !isSinkReachable) return { kind: 'wait' };
  const { firstOffset } = chunk;
  const failures = countFailures(suspicion, chunk);
  const bisection = bisectionOf(suspicion, chunk);
  const isPoison = chunk.failure === 'never' || failures >= MAX_FAILURES;
  if (!isPoison && (bisection === null || chunk.records === 1)) {
    return { kind: 'retry', suspicion: { firstOffset, failures, bisection } };
  }
  if (chunk.records === 1) {
    return { kind: 'dead-letter', suspicion: suspectRest(bisection, chunk) };
  }
  const untilOffset = bisection?.untilOffset ?? chunk.lastOffset;
  const maxRecords = Math.ceil(chunk.records / 2);
  return {
    kind: 'bisect',
    suspicion: { firstOffset, failures, bisection: { untilOffset, maxRecords } },
  };
}

/** What is still held against the records after `lastOffset` has been done. */
export function decideAfterSuccess(
  suspicion: Suspicion | null,
  lastOffset: bigint,
): Suspicion | null {
  const bisection = suspicion?.bisection ?? null;
  if (bisection === null || lastOffset >= bisection.untilOffset) return null;
  return { firstOffset: lastOffset + 1n, failures: 0, bisection };
}

/** The rest of a bisected chunk is tried whole once: one bad record is the common case. */
function suspectRest(bisection: Suspicion['bisection'], chunk: FailedChunk): Suspicion | null {
  if (bisection === null || chunk.lastOffset >= bisection.untilOffset) return null;
  return {
    firstOffset: chunk.lastOffset + 1n,
    failures: 0,
    bisection: { untilOffset: bisection.untilOffset, maxRecords: Number.MAX_SAFE_INTEGER },
  };
}

function countFailures(suspicion: Suspicion | null, chunk: FailedChunk): number {
  return suspicion?.firstOffset === chunk.firstOffset ? suspicion.failures + 1 : 1;
}

/** The bisection that a chunk is part of. */
function bisectionOf(suspicion: Suspicion | null, chunk: FailedChunk): Suspicion['bisection'] {
  const bisection = suspicion?.bisection ?? null;
  return bisection !== null && chunk.firstOffset <= bisection.untilOffset ? bisection : null;
}
