import { ChunkTimedOut, HandlerContractBroken, HandlerHung, toError } from '../messaging.errors.ts';
import type { BatchHandler, BatchResult, ConsumedRecord, RecordFailure } from '../log.port.ts';

/** How a handler's run over one chunk ended. The handler has settled, whatever the outcome. */
export type ChunkOutcome =
  | { readonly kind: 'done'; readonly failures: readonly RecordFailure[] }
  | { readonly kind: 'failed'; readonly error: Error };

export interface ChunkRunOptions {
  readonly handler: BatchHandler;
  /** Milliseconds until the signal aborts. */
  readonly deadlineMs: number;
  /** Milliseconds after that until onHung is called. */
  readonly graceMs: number;
  readonly heartbeat: () => Promise<void>;
  /** Called when the handler outlives both; it must end the process. */
  readonly onHung: (error: HandlerHung) => void;
}

const HEARTBEAT_INTERVAL_MS = 1_000;

/**
 * Runs a handler under a deadline, with heartbeats while it may still be healthy. Resolves only when
 * the handler has settled: two runs of one chunk never overlap. A handler that succeeds late has
 * succeeded.
 */
export async function runChunk(
  records: readonly [ConsumedRecord, ...ConsumedRecord[]],
  options: ChunkRunOptions,
): Promise<ChunkOutcome> {
  const [{ topic, partition, offset }] = records;
  const abort = new AbortController();
  const beat = setInterval(() => {
    // A rebalance or a lost connection is met at the commit; the chunk is finished first.
    options.heartbeat().catch(() => undefined);
  }, HEARTBEAT_INTERVAL_MS);
  const deadline = setTimeout(() => {
    abort.abort(new ChunkTimedOut(`no result within ${options.deadlineMs} ms`));
  }, options.deadlineMs);
  const hung = setTimeout(() => {
    clearInterval(beat);
    const at = `${topic}/${partition}/${offset}`;
    options.onHung(new HandlerHung(`the handler of ${at} ignores its aborted signal`));
  }, options.deadlineMs + options.graceMs);
  try {
    const result: Partial<BatchResult> | undefined = await options.handler({
      topic,
      partition,
      records,
      signal: abort.signal,
    });
    if (!Array.isArray(result?.failures)) {
      throw new HandlerContractBroken('a handler resolved without a BatchResult');
    }
    return { kind: 'done', failures: result.failures };
  } catch (thrown) {
    return { kind: 'failed', error: describeFailure(thrown, abort.signal) };
  } finally {
    clearInterval(beat);
    clearTimeout(deadline);
    clearTimeout(hung);
  }
}

function describeFailure(thrown: unknown, signal: AbortSignal): Error {
  if (!(thrown instanceof Error)) {
    return new HandlerContractBroken('a handler threw what is no Error', { cause: thrown });
  }
  if (!signal.aborted || thrown === signal.reason) return thrown;
  // Failing because of the abort is a deadline; failing of an outage stays one.
  return thrown.name === 'AbortError' ? toError(signal.reason) : thrown;
}
