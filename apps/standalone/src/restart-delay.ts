const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
const STABLE_AFTER_MS = 60_000;

/** How often a program failed in a row, for decideRestart. */
export interface RestartState {
  readonly failures: number;
}

export interface RestartDecision {
  readonly state: RestartState;
  readonly delayMs: number;
}

/** Doubles the pause from 1 s to 30 s, and begins anew after a minute of good life. */
export function decideRestart(state: RestartState, livedMs: number): RestartDecision {
  const failures = livedMs >= STABLE_AFTER_MS ? 0 : state.failures;
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures, 10), LONGEST_DELAY_MS);
  return { state: { failures: failures + 1 }, delayMs };
}
