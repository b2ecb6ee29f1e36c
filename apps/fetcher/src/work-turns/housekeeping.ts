import { setTimeout as delay } from 'node:timers/promises';

/** What grows with time and is of use only for a time. */
export interface Store {
  prune(before: Date, limit: number): Promise<number>;
}

export interface HousekeepingSettings {
  readonly nowMs: () => number;
  readonly onTrouble: (error: unknown) => void;
}

const PAUSE_MS = 10 * 60_000;
/** Feeds list no older pages; one that does has them fetched once more, which changes nothing. */
const KEEP_FOR_MS = 180 * 86_400_000;
/** Few enough to be done at once. */
const BATCH = 5_000;

/** Forgets pages that were seen long ago, a batch at a time, until it is stopped. */
export class Housekeeping {
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly settings: HousekeepingSettings,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const pruned = await this.prune();
      if (pruned === BATCH) continue;
      await delay(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async prune(): Promise<number> {
    const before = new Date(this.settings.nowMs() - KEEP_FOR_MS);
    try {
      return await this.store.prune(before, BATCH);
    } catch (error) {
      this.settings.onTrouble(error);
      return 0;
    }
  }
}
