import { DAY_MS } from './durations.ts';

/** What is remembered of permanent redirects. */
export interface MoveNotice {
  readonly to: string;
  readonly count: number;
  readonly sinceMs: number;
}

export interface Redirect {
  readonly status: number;
  readonly to: string;
}

export type MoveDecision =
  | { readonly kind: 'stay'; readonly notice: MoveNotice | null }
  | { readonly kind: 'move'; readonly to: string };

const PERMANENT = new Set([301, 308]);
const CONFIRMATIONS = 3;
/** A server that is misconfigured for an afternoon must not carry its readers away. */
const MIN_DURATION_MS = DAY_MS;
const CONVINCED_AFTER_MS = 7 * DAY_MS;

/** The same address but for the scheme: nothing can be lost by believing that at once. */
function isHttpsOf(from: string, to: string): boolean {
  return from.startsWith('http://') && to === `https://${from.slice('http://'.length)}`;
}

/** The end of the chain of permanent redirects at the beginning; what a 302 says holds for now only. */
function permanentTarget(redirects: readonly Redirect[]): string | null {
  const end = redirects.findIndex(({ status }) => !PERMANENT.has(status));
  return redirects.slice(0, end === -1 ? undefined : end).at(-1)?.to ?? null;
}

function isBelievable({ count, sinceMs }: MoveNotice, nowMs: number): boolean {
  const lastedMs = nowMs - sinceMs;
  if (count >= CONFIRMATIONS) return lastedMs >= MIN_DURATION_MS;
  return count > 1 && lastedMs >= CONVINCED_AFTER_MS;
}

/**
 * Whether a source that was reached through redirects is asked at its new address from now on: after three
 * polls over a day or more, or seven days, that said the same; http to https of the same address at once.
 */
export function decideMove(
  state: { readonly url: string; readonly notice: MoveNotice | null },
  redirects: readonly Redirect[],
  nowMs: number,
): MoveDecision {
  const to = permanentTarget(redirects);
  if (to === null || to === state.url) return { kind: 'stay', notice: null };
  if (isHttpsOf(state.url, to)) return { kind: 'move', to };
  const before = state.notice?.to === to ? state.notice : { to, count: 0, sinceMs: nowMs };
  const notice = { ...before, count: before.count + 1 };
  return isBelievable(notice, nowMs) ? { kind: 'move', to } : { kind: 'stay', notice };
}
