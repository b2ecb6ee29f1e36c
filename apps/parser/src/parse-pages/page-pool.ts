import { type ConsumedRecord, SinkUnavailable } from '@broadsheet/messaging';
import { Piscina } from 'piscina';
import type { HeavyParser } from '../parse-article/parse-article.handler.ts';
import type { SettledRecord } from '../parse-article/settle-record.ts';
import type { PageLimits } from './page-patience.ts';
import { createPageStart } from './page-start.ts';
import { toPageTask, type PageTask } from './page-task.ts';
import { PageWatch, type WatchVerdict } from './page-watch.ts';
import { Turnstile } from './turnstile.ts';

/** The overtime is shorter than what a handler has beyond the deadline of a chunk. */
const LIMITS: PageLimits = { cpuMs: 5_000, overtimeMs: 8_000 };
const MAX_OLD_GENERATION_MB = 256;
/** Room for short-lived objects: with 24 MB parsing takes a twentieth longer than with 48. */
const MAX_YOUNG_GENERATION_MB = 32;

export interface PagePoolOptions {
  readonly workers: number;
  readonly clock: () => Date;
  /** What one page may take from when a thread has begun with it. */
  readonly limits?: PageLimits;
  /** Address of a module whose default export takes a PageTask. */
  readonly workerUrl?: URL;
}

/**
 * Parses pages on threads of their own. Of the pages that wait nothing is copied: only as many as
 * there are workers are in hand. A page that outlasts its limits takes its worker with it.
 */
export class PagePool implements HeavyParser {
  readonly #pool: Piscina<PageTask, SettledRecord>;
  readonly #turnstile: Turnstile;
  readonly #clock: () => Date;
  readonly #limits: PageLimits;

  constructor({ workers, clock, limits = LIMITS, workerUrl }: PagePoolOptions) {
    this.#pool = new Piscina({
      filename: (workerUrl ?? defaultWorkerUrl()).href,
      ...EXEC_ARGV,
      // Those that are to start are started before the first page comes.
      minThreads: workers,
      maxThreads: workers,
      resourceLimits: {
        maxOldGenerationSizeMb: MAX_OLD_GENERATION_MB,
        maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB,
      },
    });
    this.#turnstile = new Turnstile(workers);
    this.#clock = clock;
    this.#limits = limits;
  }

  /**
   * Rejects where `signal` aborts before a thread has begun with the page, or where a worker dies of
   * the page.
   * @throws {SinkUnavailable} where the machine had no processor for the page.
   */
  settle(record: ConsumedRecord, signal: AbortSignal): Promise<SettledRecord> {
    return this.#turnstile.pass(() => {
      signal.throwIfAborted();
      return this.#run(record, signal);
    });
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #run(record: ConsumedRecord, signal: AbortSignal): Promise<SettledRecord> {
    const start = createPageStart();
    const task = toPageTask(record, this.#clock(), start);
    const transferList = task.record.value ? [task.record.value.buffer] : [];
    const end = new AbortController();
    const watch = new PageWatch({
      start,
      signal,
      limits: this.#limits,
      threadOf: (id) => this.#pool.threads.find(({ threadId }) => threadId === id),
      onVerdict: () => end.abort(),
    });
    try {
      return await this.#pool.run(task, { signal: end.signal, transferList });
    } catch (error) {
      return this.#settleUnfinished(watch.verdict, error, signal);
    } finally {
      watch.stop();
    }
  }

  #settleUnfinished(verdict: WatchVerdict, error: unknown, signal: AbortSignal): SettledRecord {
    const { cpuMs } = this.#limits;
    switch (verdict) {
      case 'wait':
        throw error;
      case 'abandoned':
        throw signal.reason;
      case 'starved':
        throw new SinkUnavailable('the machine had too little of a processor for a page');
      case 'silent':
        throw new Error('the thread of a page did not answer', { cause: error });
      case 'runaway': {
        const detail = `the page was not parsed with ${cpuMs} ms of a processor`;
        return { kind: 'failed', code: 'PARSE_TIMEOUT', detail };
      }
    }
  }
}

const IS_BUILT = import.meta.url.endsWith('.js');
/** Sources load sources only. */
const EXEC_ARGV = IS_BUILT ? {} : { execArgv: ['--conditions=@broadsheet/source'] };

function defaultWorkerUrl(): URL {
  return new URL(`./parse-page.worker.${IS_BUILT ? 'js' : 'ts'}`, import.meta.url);
}
