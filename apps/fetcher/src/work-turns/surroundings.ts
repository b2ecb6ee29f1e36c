/** What the use cases need to know beside their input. */
export interface Surroundings {
  readonly nowMs: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** A new W3C trace context: a page's way through the system begins with its fetch. */
  readonly newTraceparent: () => string;
  /** Pause that a host is given after each request. */
  readonly hostDelayMs: number;
}
