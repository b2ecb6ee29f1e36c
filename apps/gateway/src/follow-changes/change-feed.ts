import { toChangeView } from './change-view.ts';
import { ChangeSignal } from './change-signal.ts';
import type { ChangeSource } from './follow-changes.port.ts';
import { eventOf, HEARTBEAT, openingBlock } from './server-sent-event.ts';

const PAGE_SIZE = 200;

export interface FeedTimes {
  readonly heartbeatMs: number;
  /** How often to look while nothing wakes the feed. */
  readonly pollMs: number;
}

type Page = Awaited<ReturnType<ChangeSource['after']>>;

/** Follows the change log for any number of clients. */
export class ChangeFeed {
  private readonly signal = new ChangeSignal();
  private readonly reading = new Map<string, Promise<Page>>();
  private isListening = false;

  constructor(
    private readonly source: ChangeSource,
    private readonly times: FeedTimes,
  ) {}

  onChange(): void {
    this.signal.raise();
  }

  onListening(isListening: boolean): void {
    this.isListening = isListening;
  }

  latest(): Promise<string> {
    return this.source.latest();
  }

  /**
   * Blocks of an event stream from a position on, until the signal aborts. A database that does not answer
   * ends it with the error: clients come again by themselves, with the position they have.
   */
  async *follow(from: string, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    yield openingBlock(from);
    let position = from;
    let toldAt = performance.now();
    while (!signal.aborted) {
      const seen = this.signal.now();
      const changes = await this.readAfter(position, seen);
      const last = changes.at(-1);
      if (last !== undefined) {
        yield changes.map((change) => eventOf(toChangeView(change))).join('');
        position = last.position;
        toldAt = performance.now();
        continue;
      }
      const silentMs = performance.now() - toldAt;
      if (silentMs >= this.times.heartbeatMs) {
        yield HEARTBEAT;
        toldAt = performance.now();
      }
      await this.signal.wait(seen, this.waitMs(), signal);
    }
  }

  private waitMs(): number {
    return this.isListening ? this.times.heartbeatMs : this.times.pollMs;
  }

  /**
   * Clients that have read everything ask the same thing at the same time: one query answers them all. Not
   * one that began before the last change was heard of: it may have missed it.
   */
  private readAfter(position: string, seen: number): Promise<Page> {
    const key = `${seen}/${position}`;
    const underWay = this.reading.get(key);
    if (underWay !== undefined) return underWay;
    const page = this.source.after(position, PAGE_SIZE).finally(() => {
      this.reading.delete(key);
    });
    this.reading.set(key, page);
    return page;
  }
}
