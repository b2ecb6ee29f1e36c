import { setTimeout as delay } from 'node:timers/promises';

/** What a broker says of a topic that was created and that it has not heard of, or of one not yet led. */
const NOT_YET_TYPES: ReadonlySet<unknown> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
]);
const ASK_EVERY_MS = 100;

/**
 * Asks until the broker answers for all partitions. kafkajs takes a topic that the broker has not heard
 * of for one that does not exist, also a moment after it was created.
 *
 * @param describeTopics rejects as long as a partition has no leader
 * @throws what the last answer was, once `deadlineMs` have passed
 */
export async function awaitLeaders(
  describeTopics: () => Promise<unknown>,
  deadlineMs: number,
): Promise<void> {
  const endsAtMs = performance.now() + deadlineMs;
  for (;;) {
    try {
      await describeTopics();
      return;
    } catch (error) {
      if (!isNotYet(error) || performance.now() > endsAtMs) throw error;
      await delay(ASK_EVERY_MS);
    }
  }
}

function isNotYet(thrown: unknown): boolean {
  for (let at = thrown; at instanceof Error; at = at.cause) {
    if (NOT_YET_TYPES.has((at as { type?: unknown }).type)) return true;
  }
  return false;
}
