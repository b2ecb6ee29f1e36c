import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Said in the error: "waited 500 ms for <what>". */
  readonly what?: string;
  readonly pollMs?: number;
}

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/**
 * Asks until the condition gives something truthy, and resolves with that. A condition that throws is asked again;
 * its last error becomes the cause when time is up.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs, what = 'a condition', pollMs = 25 }: WaitOptions,
): Promise<Truthy<T>> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const answer = await condition();
      if (answer) return answer as Truthy<T>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(pollMs);
  } while (Date.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms for ${what}`, { cause });
}
