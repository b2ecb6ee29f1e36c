const FIRST_HOLD_MS = 500;
const MAX_HOLD_MS = 10_000;

interface Hold {
  readonly untilMs: number;
  readonly failures: number;
}

/**
 * Topics that the broker does not know, or does not let us write to: their records wait, longer each
 * time, while those of other topics go on.
 */
export class TopicHolds {
  private readonly holds = new Map<string, Hold>();

  hold(topic: string, nowMs: number): void {
    const failures = (this.holds.get(topic)?.failures ?? 0) + 1;
    const forMs = Math.min(FIRST_HOLD_MS * 2 ** (failures - 1), MAX_HOLD_MS);
    this.holds.set(topic, { untilMs: nowMs + forMs, failures });
  }

  isHeld(topic: string, nowMs: number): boolean {
    const hold = this.holds.get(topic);
    return hold !== undefined && nowMs < hold.untilMs;
  }

  /** The topic takes records. */
  release(topic: string): void {
    this.holds.delete(topic);
  }

  /** Milliseconds until the next of these topics may be tried; null where none is held. */
  nextTryMs(topics: ReadonlySet<string>, nowMs: number): number | null {
    const waits = [...topics].flatMap((topic) => {
      const hold = this.holds.get(topic);
      return hold === undefined || hold.untilMs <= nowMs ? [] : [hold.untilMs - nowMs];
    });
    return waits.length === 0 ? null : Math.min(...waits);
  }
}
