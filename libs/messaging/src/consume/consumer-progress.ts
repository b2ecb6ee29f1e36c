/** paused: at least one partition waits for an outage to end, the others go on. */
export type ConsumerState =
  'starting' | 'running' | 'paused' | 'rebalancing' | 'crashed' | 'stopped';

export interface PartitionProgress {
  readonly topic: string;
  readonly partition: number;
  /** Records behind the end, as last seen; null before anything is known. */
  readonly lagRecords: number | null;
  readonly lagSeconds: number | null;
  readonly pausedSinceMs: number | null;
}

/** What a consumer is doing, for health and metrics. Times are milliseconds since the epoch. */
export interface ConsumerProgress {
  readonly groupId: string;
  readonly state: ConsumerState;
  /** When a chunk was last committed, or nothing was left to do. */
  readonly lastProgressAtMs: number;
  /** Since when the longest-paused partition waits; null where none does. */
  readonly pausedSinceMs: number | null;
  readonly lagRecords: number;
  readonly lagSeconds: number;
  readonly partitions: readonly PartitionProgress[];
}

/** From the worst to the best: a group is as well as its worst member. */
const STATES: readonly ConsumerState[] = [
  'crashed',
  'stopped',
  'starting',
  'rebalancing',
  'paused',
  'running',
];

/** What several members of one group in one process are doing together. At least one. */
export function mergeProgress(members: readonly ConsumerProgress[]): ConsumerProgress {
  const [first] = members;
  if (first === undefined) throw new RangeError('a group without members has no progress');
  if (members.length === 1) return first;
  const pauses = members.flatMap(({ pausedSinceMs }) => pausedSinceMs ?? []);
  const behind = members.filter(({ lagRecords }) => lagRecords > 0);
  const progress = (behind.length > 0 ? behind : members).map((one) => one.lastProgressAtMs);
  return {
    groupId: first.groupId,
    state: STATES.find((state) => members.some((one) => one.state === state)) ?? first.state,
    // One that stands still is not excused by another that moves.
    lastProgressAtMs: Math.min(...progress),
    pausedSinceMs: pauses.length === 0 ? null : Math.min(...pauses),
    lagRecords: members.reduce((sum, { lagRecords }) => sum + lagRecords, 0),
    lagSeconds: Math.max(...members.map(({ lagSeconds }) => lagSeconds)),
    partitions: members.flatMap(({ partitions }) => partitions),
  };
}

const STALLED_AFTER_MS = 120_000;

export type ConsumerLiveness =
  { readonly isAlive: true } | { readonly isAlive: false; readonly reason: string };

/**
 * Whether only a restart helps: there is work, no chunk was finished for `stalledAfterMs`, and no
 * outage explains it. A long pause is degraded, not dead.
 */
export function consumerLiveness(
  progress: ConsumerProgress,
  nowMs: number,
  stalledAfterMs = STALLED_AFTER_MS,
): ConsumerLiveness {
  const { groupId, state, lagRecords, pausedSinceMs, lastProgressAtMs } = progress;
  if (state === 'crashed') return { isAlive: false, reason: `consumer ${groupId} has crashed` };
  const stalledMs = nowMs - lastProgressAtMs;
  if (lagRecords === 0 || pausedSinceMs !== null || stalledMs <= stalledAfterMs) {
    return { isAlive: true };
  }
  const seconds = Math.round(stalledMs / 1_000);
  const reason = `consumer ${groupId} is ${lagRecords} records behind and made no progress for ${seconds} s`;
  return { isAlive: false, reason };
}
