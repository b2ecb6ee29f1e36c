const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer promises than this are not trusted, shorter ones not taken at their word. */
const MAX_LEASE_MS = 14 * DAY_MS;
const MIN_LEASE_MS = HOUR_MS;
/** Part of a lease after which it is renewed. */
const RENEW_AFTER = 0.8;
const FIRST_RETRY_MS = HOUR_MS;
const MAX_RETRY_MS = 7 * DAY_MS;
const MAX_DOUBLINGS = 10;
const DENIED_FOR_MS = 7 * DAY_MS;

export type LeaseDecision =
  | { readonly kind: 'given'; readonly untilMs: number; readonly renewAtMs: number }
  | { readonly kind: 'denied'; readonly renewAtMs: number }
  | { readonly kind: 'unchanged' };

/** What a hub's message means for the subscription. */
export function decideLease(
  message: { readonly kind: string; readonly leaseSeconds?: number },
  nowMs: number,
): LeaseDecision {
  if (message.kind === 'denied') return { kind: 'denied', renewAtMs: nowMs + DENIED_FOR_MS };
  if (message.kind !== 'confirmed') return { kind: 'unchanged' };
  const wantedMs = (message.leaseSeconds ?? 0) * 1_000;
  const leaseMs = Math.min(MAX_LEASE_MS, Math.max(MIN_LEASE_MS, wantedMs));
  return { kind: 'given', untilMs: nowMs + leaseMs, renewAtMs: nowMs + leaseMs * RENEW_AFTER };
}

/** What is remembered of a request that is about to be sent; a confirmation ends the count. */
export function decideRequest(
  failures: number,
  nowMs: number,
): { readonly failures: number; readonly renewAtMs: number } {
  const retryMs = FIRST_RETRY_MS * 2 ** Math.min(failures, MAX_DOUBLINGS);
  return { failures: failures + 1, renewAtMs: nowMs + Math.min(MAX_RETRY_MS, retryMs) };
}
