import type { OnApplicationShutdown } from '@nestjs/common';
import { isGzipFile } from '@broadsheet/feeds';
import { Piscina } from 'piscina';
import { type DocumentTask, readDocument, type ReadDocument } from './read-document.ts';
import { type ReadingLimits, type ReadingVerdict, ReadingWatch } from './reading-watch.ts';
import { ReadingStarved } from './reading.errors.ts';

/** Reading more at once would keep the event loop from everything else for too long. */
const LARGE_FROM_BYTES = 200_000;
/**
 * Documents as large as they may be take a second or two of a processor. With its exchange a reading ends
 * well before the lease of its host: nobody else begins the same one meanwhile.
 */
const LIMITS: ReadingLimits = { cpuMs: 10_000, wallMs: 25_000 };
const IDLE_TIMEOUT_MS = 30_000;
const MAX_OLD_GENERATION_MB = 512;
const MAX_YOUNG_GENERATION_MB = 32;

export interface DocumentPoolOptions {
  /** What one document may take. */
  readonly limits?: ReadingLimits;
  /** Address of a module whose default export takes a DocumentTask. */
  readonly workerUrl?: URL;
}

/** A gzip file says little of its size by its own. */
function mayBeLarge({ body }: DocumentTask): boolean {
  return body.byteLength >= LARGE_FROM_BYTES || isGzipFile(body);
}

/**
 * Reads the documents of sources: small ones at once, large ones on a thread of their own, which comes and
 * goes with them. One that uses too much of a processor, or brings its thread down, counts as unreadable.
 */
export class DocumentPool implements OnApplicationShutdown {
  readonly #pool: Piscina<DocumentTask, ReadDocument>;
  readonly #limits: ReadingLimits;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ limits = LIMITS, workerUrl }: DocumentPoolOptions = {}) {
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
    this.#limits = limits;
  }

  /** @throws {ReadingStarved} where the machine had no processor for the document. */
  read(task: DocumentTask): Promise<ReadDocument> {
    if (!mayBeLarge(task)) return Promise.resolve(readDocument(task));
    // One after the other: the time of one must not count for the next.
    const turn = this.#last.then(() => this.#readOnThread(task));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** By then no turn is in hand any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.destroy();
  }

  async #readOnThread(task: DocumentTask): Promise<ReadDocument> {
    const watch = new ReadingWatch(() => this.#pool.threads[0], this.#limits);
    try {
      return await this.#pool.run(task, { signal: watch.signal });
    } catch (error) {
      return this.#settleUnread(watch.verdict, error);
    } finally {
      watch.stop();
    }
  }

  #settleUnread(verdict: ReadingVerdict, error: unknown): ReadDocument {
    const reason = error instanceof Error ? error.message : String(error);
    switch (verdict) {
      case 'wait':
        return { kind: 'unreadable', detail: reason };
      case 'runaway': {
        const detail = `not read with ${this.#limits.cpuMs} ms of a processor`;
        return { kind: 'unreadable', detail };
      }
      case 'starved':
        throw new ReadingStarved('the machine had too little of a processor for a document');
    }
  }
}

/** Beside this file: JavaScript when built; sources, which then load sources only, in tests. */
function defaultWorker(): { readonly filename: string; readonly execArgv?: string[] } {
  const isBuilt = import.meta.url.endsWith('.js');
  const filename = new URL(`./read-document.worker.${isBuilt ? 'js' : 'ts'}`, import.meta.url).href;
  return isBuilt ? { filename } : { filename, execArgv: ['--conditions=@broadsheet/source'] };
}
