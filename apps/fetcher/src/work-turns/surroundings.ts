import { readHostPause } from '@broadsheet/crawl-policy';
import type { FetchOutcome, FollowedRedirect, MayFollow } from '@broadsheet/http-client';
import type { HostLease } from '@broadsheet/persistence';
import type { RobotsRefusal } from '../obey-robots/robots-refusal.ts';

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

/** When the host may be asked again after its turn ended at `nowMs`, with an outcome where it came that far. */
export function freeAfter(
  turn: HostTurn,
  nowMs: number,
  outcome?: FetchOutcome | RobotsRefusal,
): Date {
  const askedMs =
    outcome?.kind === 'failed' ? readHostPause(outcome.status, outcome.headers, nowMs) : 0;
  return new Date(nowMs + Math.max(turn.pauseMs, askedMs));
}
