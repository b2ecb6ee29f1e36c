/** Most re-creations of a consumer within the window before the process is given up. */
const MAX_RECREATIONS = 10;
const WINDOW_MS = 10 * 60_000;
const RECREATE_DELAY_MS = 3_000;

/** Errors of kafkajs that say: the broker is away, or has just changed. */
const PASSING_ERRORS: ReadonlySet<string> = new Set([
  'KafkaJSBrokerNotFound',
  'KafkaJSConnectionClosedError',
  'KafkaJSConnectionError',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSLockTimeout',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSRequestTimeoutError',
  'KafkaJSTopicMetadataNotLoaded',
]);

export type CrashDecision =
  | { readonly kind: 'left-to-kafkajs' }
  | { readonly kind: 'recreate'; readonly delayMs: number }
  | { readonly kind: 'fatal' };

export interface Crash {
  readonly error: Error;
  /** kafkajs starts the consumer again by itself. */
  readonly restarts: boolean;
}

/**
 * What follows the crash of a consumer. `earlierMs` are the times of the re-creations so far. A broker
 * that is away is waited for; what only a person or a new process can mend ends the process.
 */
export function decideAfterCrash(
  crash: Crash,
  earlierMs: readonly number[],
  nowMs: number,
): CrashDecision {
  if (crash.restarts) return { kind: 'left-to-kafkajs' };
  const recent = earlierMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
  if (recent.length >= MAX_RECREATIONS || !isPassing(crash.error)) return { kind: 'fatal' };
  return { kind: 'recreate', delayMs: RECREATE_DELAY_MS };
}

function isPassing(error: Error): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (PASSING_ERRORS.has(at.name)) return true;
    const { retriable } = at as { retriable?: unknown };
    if (at.name === 'KafkaJSProtocolError' && retriable === true) return true;
  }
  return false;
}
