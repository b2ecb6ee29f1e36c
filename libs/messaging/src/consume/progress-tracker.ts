import type { PartitionLag } from '../admin/lag.ts';
import type { ConsumerObserver } from './consumer-observer.ts';
import type { ConsumerProgress, ConsumerState } from './consumer-progress.ts';

interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  lagRecords: number | null;
  lagSeconds: number | null;
  pausedSinceMs: number | null;
}

/** Keeps what ConsumerProgress reports; one per consumer. */
export class ProgressTracker {
  private state: ConsumerState = 'starting';
  private lastProgressAtMs: number;
  private readonly partitions = new Map<string, PartitionState>();

  constructor(
    private readonly groupId: string,
    private readonly observer: ConsumerObserver,
    private readonly now: () => number,
  ) {
    this.lastProgressAtMs = now();
  }

  onState(state: ConsumerState): void {
    if (this.state === state) return;
    this.state = state;
    this.observer.onStateChanged?.(this.groupId, state);
  }

  /** Forgets every partition that another member has now. */
  onAssigned(assignment: Readonly<Record<string, readonly number[]>>): void {
    const assigned = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    const keys = new Set(assigned.map(({ topic, partition }) => keyOf(topic, partition)));
    for (const key of this.partitions.keys()) if (!keys.has(key)) this.partitions.delete(key);
    for (const { topic, partition } of assigned) this.stateOf(topic, partition);
    this.lastProgressAtMs = this.now();
    this.settle();
  }

  onCommitted(topic: string, partition: number, lagRecords: number, timestampMs: number): void {
    const at = this.stateOf(topic, partition);
    at.lagRecords = lagRecords;
    at.lagSeconds = lagRecords === 0 ? 0 : Math.max(0, (this.now() - timestampMs) / 1_000);
    at.pausedSinceMs = null;
    this.lastProgressAtMs = this.now();
    this.settle();
  }

  onPaused(topic: string, partition: number): void {
    this.stateOf(topic, partition).pausedSinceMs ??= this.now();
    this.settle();
  }

  /** What the broker says, which also sees what this consumer never fetched. */
  onMeasured(lags: readonly PartitionLag[]): void {
    for (const lag of lags) {
      const at = this.partitions.get(keyOf(lag.topic, lag.partition));
      if (at === undefined) continue;
      at.lagRecords = lag.records;
      at.lagSeconds = lag.seconds;
    }
    // Having nothing to do is progress, or the first record after a quiet night would look stuck.
    if (this.sum((at) => at.lagRecords) === 0) this.lastProgressAtMs = this.now();
  }

  read(): ConsumerProgress {
    const partitions = [...this.partitions.values()].map((at) => ({ ...at }));
    const pauses = partitions.flatMap((at) => at.pausedSinceMs ?? []);
    return {
      groupId: this.groupId,
      state: this.state,
      lastProgressAtMs: this.lastProgressAtMs,
      pausedSinceMs: pauses.length === 0 ? null : Math.min(...pauses),
      lagRecords: this.sum((at) => at.lagRecords),
      lagSeconds: Math.max(0, ...partitions.map((at) => at.lagSeconds ?? 0)),
      partitions,
    };
  }

  private settle(): void {
    if (this.state === 'stopped' || this.state === 'crashed') return;
    const isPaused = [...this.partitions.values()].some((at) => at.pausedSinceMs !== null);
    this.onState(isPaused ? 'paused' : 'running');
  }

  private stateOf(topic: string, partition: number): PartitionState {
    const key = keyOf(topic, partition);
    const known = this.partitions.get(key);
    if (known !== undefined) return known;
    const fresh = { topic, partition, lagRecords: null, lagSeconds: null, pausedSinceMs: null };
    this.partitions.set(key, fresh);
    return fresh;
  }

  private sum(read: (at: PartitionState) => number | null): number {
    let total = 0;
    for (const at of this.partitions.values()) total += read(at) ?? 0;
    return total;
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
