import type { ConsumedRecord } from '@broadsheet/messaging';
import { Piscina } from 'piscina';
import type { HeavyParser } from '../parse-article/parse-article.handler.ts';
import type { SettledRecord } from '../parse-article/settle-record.ts';
import { toPageTask, type PageTask } from './page-task.ts';
import { Turnstile } from './turnstile.ts';

/** Shorter than the deadline of a chunk, so that a page that hangs ends as a dead letter by itself. */
const TIME_LIMIT_MS = 5_000;
const IDLE_TIMEOUT_MS = 60_000;
const MAX_OLD_GENERATION_MB = 256;
/** Room for short-lived objects: with 24 MB parsing takes a twentieth longer than with 48. */
const MAX_YOUNG_GENERATION_MB = 32;

export interface PagePoolOptions {
  readonly workers: number;
  readonly clock: () => Date;
  /** Whole time that one page may take. */
  readonly timeLimitMs?: number;
  /** Address of a module whose default export takes a PageTask. */
  readonly workerUrl?: URL;
}

/**
 * Parses pages on threads of their own. Of the pages that wait nothing is copied: only as many as
 * there are workers are in hand. A page that outlasts its time limit takes its worker with it.
 */
export class PagePool implements HeavyParser {
  readonly #pool: Piscina<PageTask, SettledRecord>;
  readonly #turnstile: Turnstile;
  readonly #clock: () => Date;
  readonly #timeLimitMs: number;

  constructor({ workers, clock, timeLimitMs = TIME_LIMIT_MS, workerUrl }: PagePoolOptions) {
    this.#pool = new Piscina({
      ...(workerUrl ? { filename: workerUrl.href } : defaultWorker()),
      minThreads: 1,
      maxThreads: workers,
      idleTimeout: IDLE_TIMEOUT_MS,
      resourceLimits: {
        maxOldGenerationSizeMb: MAX_OLD_GENERATION_MB,
        maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB,
      },
    });
    this.#turnstile = new Turnstile(workers);
    this.#clock = clock;
    this.#timeLimitMs = timeLimitMs;
  }

  /** Rejects where `signal` aborts before the page's turn came, or where a worker dies of the page. */
  settle(record: ConsumedRecord, signal: AbortSignal): Promise<SettledRecord> {
    return this.#turnstile.pass(() => {
      signal.throwIfAborted();
      return this.#run(record);
    });
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #run(record: ConsumedRecord): Promise<SettledRecord> {
    const task = toPageTask(record, this.#clock());
    const limit = AbortSignal.timeout(this.#timeLimitMs);
    const transferList = task.record.value ? [task.record.value.buffer] : [];
    try {
      return await this.#pool.run(task, { signal: limit, transferList });
    } catch (error) {
      if (!limit.aborted) throw error;
      const detail = `the page was not parsed within ${this.#timeLimitMs} ms`;
      return { kind: 'failed', code: 'PARSE_TIMEOUT', detail };
    }
  }
}

/** Beside this file: JavaScript when built; sources, which then load sources only, in tests. */
function defaultWorker(): { readonly filename: string; readonly execArgv?: string[] } {
  const isBuilt = import.meta.url.endsWith('.js');
  const filename = new URL(`./parse-page.worker.${isBuilt ? 'js' : 'ts'}`, import.meta.url).href;
  return isBuilt ? { filename } : { filename, execArgv: ['--conditions=@broadsheet/source'] };
}
