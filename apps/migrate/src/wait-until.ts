/** The time, and a way to let some of it pass. */
export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

export interface Waiting {
  readonly deadlineMs: number;
  readonly pauseMs: number;
  readonly clock: Clock;
}

/** Asks again and again; false when the deadline has passed without a yes. At least one question is asked. */
export async function waitUntil(
  ask: () => Promise<boolean>,
  { deadlineMs, pauseMs, clock }: Waiting,
): Promise<boolean> {
  for (;;) {
    if (await ask()) return true;
    if (clock.nowMs() + pauseMs > deadlineMs) return false;
    await clock.sleep(pauseMs);
  }
}
