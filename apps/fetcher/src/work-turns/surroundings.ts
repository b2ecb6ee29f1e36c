import type { FollowedRedirect, MayFollow } from '@broadsheet/http-client';
import type { HostLease } from '@broadsheet/persistence';

/** What the use cases need to know beside their input. */
export interface Surroundings {
  readonly nowMs: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** A new W3C trace context: a page's way through the system begins with its fetch. */
  readonly newTraceparent: () => string;
  /** Whole time that one exchange may take. */
  readonly timeoutMs: number;
}

/** The right to ask one host for one thing, and how long to leave it alone afterwards. */
export interface HostTurn extends HostLease {
  readonly pauseMs: number;
  /** Redirects of earlier turns that led to this one. */
  readonly followed: readonly FollowedRedirect[];
  /** What lies beyond this host, or its robots.txt, has to wait for a turn of its own. */
  readonly mayFollow: MayFollow;
}

/** When the host may be asked again after a request that ended at `nowMs`. */
export function freeAfter(turn: HostTurn, nowMs: number): Date {
  return new Date(nowMs + turn.pauseMs);
}
