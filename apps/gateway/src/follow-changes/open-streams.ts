import { Readable } from 'node:stream';
import type { OnModuleDestroy } from '@nestjs/common';
import { tryAgainLater } from '../http/problem.errors.ts';

const MAX_STREAMS = 200;
const RETRY_SECONDS = 30;

export type Blocks = (signal: AbortSignal) => AsyncGenerator<string, void, undefined>;

/** The event streams of this process: so many at once, none to a client that stopped reading. */
export class OpenStreams implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();
  private isStopping = false;

  /** @param stallMs how long a client may leave a block unread before it is cut off. */
  constructor(private readonly stallMs: number) {}

  /**
   * Ends when the blocks do, when `close` is called, or when the service stops.
   * @throws {Problem} STREAMS_EXHAUSTED
   */
  start(blocks: Blocks): { readonly stream: Readable; readonly close: () => void } {
    if (this.isStopping || this.open.size >= MAX_STREAMS) {
      throw tryAgainLater('STREAMS_EXHAUSTED', 'no further stream can be opened', RETRY_SECONDS);
    }
    const controller = new AbortController();
    this.open.add(controller);
    const stream = Readable.from(
      readInTime(blocks(controller.signal), this.stallMs, () => stream.destroy()),
    );
    const close = () => {
      controller.abort();
      this.open.delete(controller);
    };
    stream.once('close', close);
    return { stream, close };
  }

  /** Before the HTTP server waits for its open requests. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const controller of this.open) controller.abort();
  }
}

async function* readInTime(
  blocks: AsyncGenerator<string, void, undefined>,
  stallMs: number,
  onStall: () => void,
): AsyncGenerator<string> {
  for await (const block of blocks) {
    const timer = setTimeout(onStall, stallMs);
    try {
      yield block;
    } finally {
      clearTimeout(timer);
    }
  }
}
