import { Worker } from 'node:worker_threads';
import type { ConsumedRecord } from '@broadsheet/messaging';
import type { SettledRecord } from '../parse-article/settle-record.ts';
import type { PageLimits, PageVerdict } from './page-patience.ts';
import { createPageStart, readStart } from './page-start.ts';
import { toPageTask, type PageAnswer } from './page-task.ts';
import { PageWatch } from './page-watch.ts';

const MAX_OLD_GENERATION_MB = 256;
/** Room for short-lived objects: with 24 MB parsing takes a twentieth longer than with 48. */
const MAX_YOUNG_GENERATION_MB = 32;

/** Sources load sources only. */
const EXEC_ARGV = import.meta.url.endsWith('.js')
  ? {}
  : { execArgv: ['--conditions=@broadsheet/source'] };

/** A page, and the one who waits for it. */
export interface PageJob {
  readonly record: ConsumedRecord;
  /** Of the chunk that the page is part of. */
  readonly signal: AbortSignal;
  readonly resolve: (settled: SettledRecord) => void;
  readonly reject: (reason: unknown) => void;
}

/** The pages of a thread that has ended. */
export interface LeftPages {
  /** It worked on this one, or should have begun it. */
  readonly blamed: PageJob | null;
  readonly innocent: readonly PageJob[];
}

export interface ThreadOptions {
  readonly workerUrl: URL;
  readonly limits: PageLimits;
  readonly onAnswer: () => void;
  /** Not called where it was ended from here. */
  readonly onEnd: (thread: PageThread, reason: Error) => void;
}

/** A worker thread and the pages that it was handed: it works on the first, the others wait. */
export class PageThread {
  readonly exited: Promise<unknown>;
  readonly #worker: Worker;
  readonly #start = createPageStart();
  readonly #watch: PageWatch;
  readonly #options: ThreadOptions;
  #inHand: { readonly serial: number; readonly job: PageJob }[] = [];
  #lastSerial = 0;
  #error: Error | null = null;
  #isOver = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#worker = new Worker(options.workerUrl, {
      workerData: this.#start,
      ...EXEC_ARGV,
      resourceLimits: {
        maxOldGenerationSizeMb: MAX_OLD_GENERATION_MB,
        maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB,
      },
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: PageAnswer) => this.#take(answer));
    this.#worker.on('error', (error: Error) => (this.#error = error));
    this.#worker.on('exit', (code) => this.#onExit(code));
    this.exited = new Promise((resolve) => this.#worker.once('exit', resolve));
    const cpuUsage = () => this.#worker.cpuUsage();
    this.#watch = new PageWatch({ limits: options.limits, cpuUsage });
  }

  get pagesInHand(): number {
    return this.#inHand.length;
  }

  get hasBegun(): boolean {
    return readStart(this.#start).serial > 0;
  }

  hand(job: PageJob, now: Date): void {
    const serial = ++this.#lastSerial;
    const task = toPageTask(job.record, serial, now);
    if (this.#inHand.length === 0) this.#worker.ref();
    this.#inHand.push({ serial, job });
    this.#worker.postMessage(task, task.record.value ? [task.record.value.buffer] : []);
  }

  /** Of the page that it works on; abandoned: its chunk was given up and it has not begun the page. */
  judge(nowMs: number): PageVerdict | 'abandoned' {
    const begun = readStart(this.#start);
    const page = this.#inHand.find(({ serial }) => serial === begun.serial);
    if (page) return this.#watch.judge(begun, page.job.signal, nowMs);
    return this.#inHand[0]?.job.signal.aborted ? 'abandoned' : 'wait';
  }

  /** Lets go of pages that it has not begun, and that nobody waits for any more. */
  dropAbandoned(): void {
    const begun = readStart(this.#start);
    for (const { serial, job } of this.#inHand)
      if (serial > begun.serial && job.signal.aborted) job.reject(job.signal.reason);
  }

  end(): LeftPages {
    this.#isOver = true;
    void this.#worker.terminate();
    const begun = readStart(this.#start);
    const atWork = this.#inHand.findIndex(({ serial }) => serial === begun.serial);
    const innocent = this.#inHand.map(({ job }) => job);
    this.#inHand = [];
    const [blamed = null] = innocent.splice(Math.max(atWork, 0), 1);
    return { blamed, innocent };
  }

  #take({ serial, settled }: PageAnswer): void {
    const index = this.#inHand.findIndex((page) => page.serial === serial);
    if (index < 0) return;
    const [page] = this.#inHand.splice(index, 1);
    if (this.#inHand.length === 0) this.#worker.unref();
    page?.job.resolve(settled);
    this.#options.onAnswer();
  }

  #onExit(code: number): void {
    if (this.#isOver) return;
    const message = `a thread for pages exited with code ${code}`;
    this.#options.onEnd(this, this.#error ?? new Error(message));
  }
}
