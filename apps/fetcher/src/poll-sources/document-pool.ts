import type { OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { type DocumentTask, readDocument, type ReadDocument } from './read-document.ts';

/** Reading more at once would keep the event loop from everything else for too long. */
const LARGE_FROM_BYTES = 200_000;
const TIME_LIMIT_MS = 20_000;
const IDLE_TIMEOUT_MS = 30_000;
const MAX_OLD_GENERATION_MB = 512;
const MAX_YOUNG_GENERATION_MB = 32;

export interface DocumentPoolOptions {
  /** Whole time that one document may take. */
  readonly timeLimitMs?: number;
  /** Address of a module whose default export takes a DocumentTask. */
  readonly workerUrl?: URL;
}

/**
 * Reads the documents of sources: small ones at once, large ones on a thread of their own, which comes and
 * goes with them. One that takes too long, or brings its thread down, counts as unreadable.
 */
export class DocumentPool implements OnApplicationShutdown {
  readonly #pool: Piscina<DocumentTask, ReadDocument>;
  readonly #timeLimitMs: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ timeLimitMs = TIME_LIMIT_MS, workerUrl }: DocumentPoolOptions = {}) {
    this.#pool = new Piscina({
      ...(workerUrl ? { filename: workerUrl.href } : defaultWorker()),
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE_TIMEOUT_MS,
      resourceLimits: {
        maxOldGenerationSizeMb: MAX_OLD_GENERATION_MB,
        maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB,
      },
    });
    this.#timeLimitMs = timeLimitMs;
  }

  /** Never rejects. */
  read(task: DocumentTask): Promise<ReadDocument> {
    if (task.body.byteLength < LARGE_FROM_BYTES) return Promise.resolve(readDocument(task));
    // One after the other: the time of one must not count for the next.
    const turn = this.#last.then(() => this.#readOnThread(task));
    this.#last = turn;
    return turn;
  }

  /** By then no turn is in hand any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.destroy();
  }

  async #readOnThread(task: DocumentTask): Promise<ReadDocument> {
    const limit = AbortSignal.timeout(this.#timeLimitMs);
    try {
      return await this.#pool.run(task, { signal: limit });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const detail = limit.aborted ? `not read within ${this.#timeLimitMs} ms` : reason;
      return { kind: 'unreadable', detail };
    }
  }
}

/** Beside this file: JavaScript when built; sources, which then load sources only, in tests. */
function defaultWorker(): { readonly filename: string; readonly execArgv?: string[] } {
  const isBuilt = import.meta.url.endsWith('.js');
  const filename = new URL(`./read-document.worker.${isBuilt ? 'js' : 'ts'}`, import.meta.url).href;
  return isBuilt ? { filename } : { filename, execArgv: ['--conditions=@broadsheet/source'] };
}
