import type { Worker } from 'node:worker_threads';

/** What the reading of a document has taken. */
interface ReadingUsage {
  /** Of a processor; null where its thread has not answered yet. */
  readonly cpuMs: number | null;
  readonly wallMs: number;
}

export type ReadingLimits = { readonly [Use in keyof ReadingUsage]: number };

/** wait: it may still end · runaway: the document is to blame · starved: the machine is. */
export type ReadingVerdict = 'wait' | 'runaway' | 'starved';

/** A document is judged by the processor time that it used: how long that takes is up to the machine. */
export function judgeReading(
  { cpuMs, wallMs }: ReadingUsage,
  limits: ReadingLimits,
): ReadingVerdict {
  if (cpuMs !== null && cpuMs >= limits.cpuMs) return 'runaway';
  return wallMs >= limits.wallMs ? 'starved' : 'wait';
}

const CHECK_INTERVAL_MS = 250;

/** Looks again and again at what a thread takes for the one document that it has in hand. */
export class ReadingWatch {
  readonly #threadOf: () => Worker | undefined;
  readonly #limits: ReadingLimits;
  readonly #end = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #beganAtMs = performance.now();
  #verdict: ReadingVerdict = 'wait';
  #cpuBeforeMs: number | null = null;
  #cpuMs: number | null = null;
  #isAsking = false;

  constructor(threadOf: () => Worker | undefined, limits: ReadingLimits) {
    this.#threadOf = threadOf;
    this.#limits = limits;
    this.#timer = setInterval(() => this.#check(), CHECK_INTERVAL_MS);
  }

  get verdict(): ReadingVerdict {
    return this.#verdict;
  }

  /** Aborts when the verdict is no longer to wait. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    const wallMs = performance.now() - this.#beganAtMs;
    this.#verdict = judgeReading({ cpuMs: this.#cpuMs, wallMs }, this.#limits);
    if (this.#verdict !== 'wait') {
      this.stop();
      this.#end.abort();
    } else if (!this.#isAsking) {
      void this.#ask();
    }
  }

  /** Answered between two steps of the thread's script; only by long native calls not at all. */
  async #ask(): Promise<void> {
    this.#isAsking = true;
    try {
      const usage = await this.#threadOf()?.cpuUsage();
      if (usage === undefined) return;
      const usedMs = (usage.user + usage.system) / 1_000;
      this.#cpuBeforeMs ??= usedMs;
      this.#cpuMs = usedMs - this.#cpuBeforeMs;
    } catch {
      // The thread has not begun yet, or has just ended.
    } finally {
      this.#isAsking = false;
    }
  }
}
