import { type ConsumedRecord, SinkUnavailable } from '@broadsheet/messaging';
import type { HeavyParser } from '../parse-article/parse-article.handler.ts';
import type { SettledRecord } from '../parse-article/settle-record.ts';
import type { PageLimits, PageVerdict } from './page-patience.ts';
import { PageThread, type PageJob } from './page-thread.ts';

/** The overtime is shorter than what a handler has beyond the deadline of a chunk. */
const LIMITS: PageLimits = { cpuMs: 5_000, overtimeMs: 8_000 };
const CHECK_INTERVAL_MS = 250;
/** The second waits on its thread, which needs not wait for this one between two pages. */
const PAGES_PER_THREAD = 2;

export interface PagePoolOptions {
  readonly workers: number;
  readonly clock: () => Date;
  /** What one page may take from when a thread has begun with it. */
  readonly limits?: PageLimits;
  /** Address of a module that calls servePages. */
  readonly workerUrl?: URL;
}

/**
 * Parses pages on threads of their own. Of the pages that wait nothing is copied: only a few for each
 * thread are in hand. A page that outlasts its limits takes its thread with it, and nothing else.
 */
export class PagePool implements HeavyParser {
  readonly #options: Required<PagePoolOptions>;
  readonly #waiting: PageJob[] = [];
  readonly #timer: NodeJS.Timeout;
  #threads: PageThread[] = [];

  constructor(options: PagePoolOptions) {
    this.#options = { limits: LIMITS, workerUrl: defaultWorkerUrl(), ...options };
    this.#startThreads();
    this.#timer = setInterval(() => this.#check(), CHECK_INTERVAL_MS).unref();
  }

  /**
   * Rejects where `signal` aborts before a thread has begun with the page, or where a thread dies of
   * the page.
   * @throws {SinkUnavailable} where the machine had no processor for the page.
   */
  settle(record: ConsumedRecord, signal: AbortSignal): Promise<SettledRecord> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, signal, resolve, reject });
      this.#startThreads();
      this.#handOut();
    });
  }

  /** Rejects what is still in hand. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const threads = this.#threads.splice(0);
    for (const thread of threads) {
      const { blamed, innocent } = thread.end();
      this.#waiting.push(...(blamed ? [blamed] : []), ...innocent);
    }
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the pool was closed'));
    await Promise.all(threads.map(({ exited }) => exited));
  }

  #startThreads(): void {
    const { workers, workerUrl, limits } = this.#options;
    while (this.#threads.length < workers)
      this.#threads.push(
        new PageThread({
          workerUrl,
          limits,
          onAnswer: () => this.#handOut(),
          onEnd: (thread, error) => this.#replace(thread, (job) => job.reject(error)),
        }),
      );
  }

  #handOut(): void {
    for (;;) {
      const thread = this.#idlestThread();
      if (thread === undefined || thread.pagesInHand >= PAGES_PER_THREAD) return;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      if (job.signal.aborted) job.reject(job.signal.reason);
      else thread.hand(job, this.#options.clock());
    }
  }

  #idlestThread(): PageThread | undefined {
    let idlest = this.#threads[0];
    for (const thread of this.#threads)
      if (thread.pagesInHand < (idlest?.pagesInHand ?? 0)) idlest = thread;
    return idlest;
  }

  #check(): void {
    for (const thread of this.#threads) {
      thread.dropAbandoned();
      const verdict = thread.judge(performance.now());
      if (verdict !== 'wait') this.#replace(thread, (job) => this.#giveUp(job, verdict));
    }
    const waiting = this.#waiting.splice(0);
    for (const job of waiting) {
      if (job.signal.aborted) job.reject(job.signal.reason);
      else this.#waiting.push(job);
    }
  }

  /** The pages that only waited on the thread are handed to another. */
  #replace(thread: PageThread, settle: (job: PageJob) => void): void {
    this.#threads = this.#threads.filter((other) => other !== thread);
    const { blamed, innocent } = thread.end();
    if (blamed) settle(blamed);
    this.#waiting.unshift(...innocent);
    if (this.#waiting.length > 0 || thread.hasBegun) this.#startThreads();
    this.#handOut();
  }

  #giveUp({ resolve, reject, signal }: PageJob, verdict: PageVerdict | 'abandoned'): void {
    const { cpuMs } = this.#options.limits;
    switch (verdict) {
      case 'abandoned':
        return reject(signal.reason);
      case 'starved':
        return reject(new SinkUnavailable('the machine had too little of a processor for a page'));
      case 'runaway': {
        const detail = `the page was not parsed with ${cpuMs} ms of a processor`;
        return resolve({ kind: 'failed', code: 'PARSE_TIMEOUT', detail });
      }
      default:
        return reject(new Error('the thread of a page did not answer'));
    }
  }
}

function defaultWorkerUrl(): URL {
  const extension = import.meta.url.endsWith('.js') ? 'js' : 'ts';
  return new URL(`./parse-page.worker.${extension}`, import.meta.url);
}
