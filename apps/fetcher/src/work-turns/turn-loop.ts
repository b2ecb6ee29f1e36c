import { setTimeout as delay } from 'node:timers/promises';
import type { FetchTurn } from '@broadsheet/persistence';
import { isOutage } from './is-outage.ts';
import { TroublePause } from './trouble-pause.ts';

/** Where the turns come from. */
export interface TurnQueue {
  adoptSources(now: Date): Promise<number>;
  takeTurns(now: Date, leaseUntil: Date, limit: number): Promise<readonly FetchTurn[]>;
}

export interface TurnLoopSettings {
  readonly concurrency: number;
  readonly nowMs: () => number;
  /** Works one turn to its end. Throws when a store or the broker is away, or by mistake. */
  readonly work: (turn: FetchTurn, signal: AbortSignal) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
}

/** Longer than any exchange with its publication takes; after it a dead fetcher's hosts are free again. */
const LEASE_MS = 60_000;
const IDLE_MS = 400;
/** While hosts have had turns of late: their next ones come as soon as their pauses end. */
const ACTIVE_MS = 100;
const ACTIVE_FOR_MS = 10_000;
/** While all hands are full: a short wait lets several become free for one query. */
const BUSY_MS = 25;
/** A source that was added is taken up within this time. */
const ADOPTION_MS = 1_000;
/** Work in hand may go on for this long after stop(); then its requests are cut. */
const FINISH_MS = 12_000;

/**
 * Takes turns and works them, a bounded number at a time, until it is stopped. Trouble with Postgres or the
 * broker makes it pause with growing delays; the turns concerned come back when their leases end.
 */
export class TurnLoop {
  private readonly stopped = new AbortController();
  private readonly cut = new AbortController();
  private readonly inHand = new Set<Promise<void>>();
  private readonly trouble = new TroublePause();
  private lastRoundAtMs: number;
  private lastAdoptionAtMs = 0;
  private lastTurnAtMs = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: TurnQueue,
    private readonly settings: TurnLoopSettings,
  ) {
    this.lastRoundAtMs = settings.nowMs();
  }

  start(): void {
    this.running = this.run();
  }

  /** Resolves when nothing is in hand any more. */
  async stop(): Promise<void> {
    this.stopped.abort();
    const timer = setTimeout(() => this.cut.abort(new Error('the fetcher is stopping')), FINISH_MS);
    await this.running;
    await Promise.allSettled(this.inHand);
    clearTimeout(timer);
  }

  /** Milliseconds since the loop last came round, for liveness. */
  idleForMs(): number {
    return this.settings.nowMs() - this.lastRoundAtMs;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const pauseMs = await this.round();
      this.lastRoundAtMs = this.settings.nowMs();
      await delay(pauseMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  /** One look at the queue; resolves with the time until the next. */
  private async round(): Promise<number> {
    const nowMs = this.settings.nowMs();
    const pauseMs = this.trouble.remainingMs(nowMs);
    const free = this.settings.concurrency - this.inHand.size;
    if (pauseMs > 0 || free <= 0) return Math.max(pauseMs, BUSY_MS);
    try {
      await this.adopt(nowMs);
      const limit = this.trouble.isProbing() ? Math.min(1, free) : free;
      const leaseUntil = new Date(nowMs + LEASE_MS);
      const turns = await this.queue.takeTurns(new Date(nowMs), leaseUntil, limit);
      for (const turn of turns) this.begin(turn);
      if (turns.length > 0) return BUSY_MS;
      return nowMs - this.lastTurnAtMs < ACTIVE_FOR_MS ? ACTIVE_MS : IDLE_MS;
    } catch (error) {
      this.settings.onTrouble(error);
      this.trouble.lengthen(this.settings.nowMs());
      return BUSY_MS;
    }
  }

  private async adopt(nowMs: number): Promise<void> {
    if (nowMs - this.lastAdoptionAtMs < ADOPTION_MS) return;
    await this.queue.adoptSources(new Date(nowMs));
    this.lastAdoptionAtMs = nowMs;
  }

  private begin(turn: FetchTurn): void {
    this.lastTurnAtMs = this.settings.nowMs();
    const work = this.workOut(turn).finally(() => this.inHand.delete(work));
    this.inHand.add(work);
  }

  private async workOut(turn: FetchTurn): Promise<void> {
    try {
      await this.settings.work(turn, this.cut.signal);
      this.trouble.end();
    } catch (error) {
      if (this.cut.signal.aborted) return;
      this.settings.onTrouble(error);
      if (isOutage(error)) this.trouble.lengthen(this.settings.nowMs());
    }
  }
}
