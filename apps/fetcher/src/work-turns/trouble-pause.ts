const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

/** How long to hold back after trouble with a store or the broker; grows while the trouble lasts. */
export class TroublePause {
  private pauseMs = 0;
  private untilMs = 0;

  /** Failures of one moment count once: many turns fail together when the broker goes. */
  lengthen(nowMs: number): void {
    if (nowMs < this.untilMs) return;
    this.pauseMs = Math.min(MAX_PAUSE_MS, Math.max(FIRST_PAUSE_MS, this.pauseMs * 2));
    this.untilMs = nowMs + this.pauseMs;
  }

  end(): void {
    this.pauseMs = 0;
    this.untilMs = 0;
  }

  /** True from the first failure to the next success: then one turn at a time shows whether all is well. */
  isProbing(): boolean {
    return this.pauseMs > 0;
  }

  remainingMs(nowMs: number): number {
    return Math.max(0, this.untilMs - nowMs);
  }
}
