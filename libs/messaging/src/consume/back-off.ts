const OUTAGE_MIN_MS = 1_000;
const OUTAGE_MAX_MS = 30_000;
const RETRY_MIN_MS = 250;

/** How long to stay paused at the n-th outage in a row, from 1: 1 s doubling to 30 s. */
export function outageDelayMs(outagesInARow: number): number {
  return Math.min(OUTAGE_MIN_MS * 2 ** Math.max(0, outagesInARow - 1), OUTAGE_MAX_MS);
}

/** How long to wait before a chunk that failed n times, from 1, is tried again. */
export function retryDelayMs(failures: number): number {
  return Math.min(RETRY_MIN_MS * 2 ** Math.max(0, failures - 1), OUTAGE_MAX_MS);
}
