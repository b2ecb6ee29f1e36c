import type { Worker } from 'node:worker_threads';
import { judgePage, type PageLimits, type PageVerdict } from './page-patience.ts';
import { cpuMsOf, type PageStart, readStart, type StartedPage } from './page-start.ts';

const CHECK_INTERVAL_MS = 250;

/** abandoned: its chunk was given up before a thread began with it. */
export type WatchVerdict = PageVerdict | 'abandoned';

export interface WatchOptions {
  readonly start: PageStart;
  /** Of the chunk that the page is part of. */
  readonly signal: AbortSignal;
  readonly limits: PageLimits;
  readonly threadOf: (threadId: number) => Worker | undefined;
  /** Called once, when the verdict is no longer to wait. */
  readonly onVerdict: () => void;
}

/**
 * Looks again and again at what a page takes. Waiting for a thread is free, and a page may use all of
 * the time that its chunk has.
 */
export class PageWatch {
  readonly #options: WatchOptions;
  readonly #timer: NodeJS.Timeout;
  #verdict: WatchVerdict = 'wait';
  #cpuMs: number | null = null;
  #isAsking = false;
  #chunkEndedAtMs: number | null = null;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#check(), CHECK_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get verdict(): WatchVerdict {
    return this.#verdict;
  }

  #check(): void {
    const started = readStart(this.#options.start);
    this.#verdict = this.#judge(started);
    if (this.#verdict !== 'wait') {
      this.stop();
      this.#options.onVerdict();
    } else if (started !== null && !this.#isAsking) {
      void this.#ask(started);
    }
  }

  #judge(started: StartedPage | null): WatchVerdict {
    const { signal, limits } = this.#options;
    const nowMs = performance.now();
    if (signal.aborted) this.#chunkEndedAtMs ??= nowMs;
    if (started === null) return signal.aborted ? 'abandoned' : 'wait';
    const overtimeMs = nowMs - (this.#chunkEndedAtMs ?? nowMs);
    return judgePage({ cpuMs: this.#cpuMs, overtimeMs }, limits);
  }

  /** Answered between two steps of the page's script; only by long native calls not at all. */
  async #ask({ threadId, cpuBeforeMs }: StartedPage): Promise<void> {
    this.#isAsking = true;
    try {
      const usage = await this.#options.threadOf(threadId)?.cpuUsage();
      if (usage) this.#cpuMs = cpuMsOf(usage) - cpuBeforeMs;
    } catch {
      // The thread has just ended, and with it the page.
    } finally {
      this.#isAsking = false;
    }
  }
}
