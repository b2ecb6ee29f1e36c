import { judgePage, type PageLimits, type PageVerdict } from './page-patience.ts';
import { cpuMsOf, type BegunPage } from './page-start.ts';

export interface WatchOptions {
  readonly limits: PageLimits;
  /** Answered between two steps of a page's script; only in long native calls not at all. */
  readonly cpuUsage: () => Promise<NodeJS.CpuUsage>;
}

/** What is known of the page that a thread works on. A page may use all the time of its chunk. */
export class PageWatch {
  readonly #options: WatchOptions;
  #serial = 0;
  #cpuMs: number | null = null;
  #chunkEndedAtMs: number | null = null;
  #isAsking = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Called again and again: each time asks for what the next one will know. */
  judge(page: BegunPage, chunk: AbortSignal, nowMs: number): PageVerdict {
    if (page.serial !== this.#serial) this.#begin(page.serial);
    if (chunk.aborted) this.#chunkEndedAtMs ??= nowMs;
    const overtimeMs = nowMs - (this.#chunkEndedAtMs ?? nowMs);
    if (!this.#isAsking) void this.#ask(page);
    return judgePage({ cpuMs: this.#cpuMs, overtimeMs }, this.#options.limits);
  }

  #begin(serial: number): void {
    this.#serial = serial;
    this.#cpuMs = null;
    this.#chunkEndedAtMs = null;
  }

  async #ask({ serial, cpuBeforeMs }: BegunPage): Promise<void> {
    this.#isAsking = true;
    try {
      const usage = await this.#options.cpuUsage();
      if (serial === this.#serial) this.#cpuMs = cpuMsOf(usage) - cpuBeforeMs;
    } catch {
      // The thread has just ended, and with it the page.
    } finally {
      this.#isAsking = false;
    }
  }
}
