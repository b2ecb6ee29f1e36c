import { tryAgainLater } from '../http/problem.errors.ts';

/** All senders together; a page of 170 KB is in hand for some ten milliseconds. */
const MAX_BYTES_IN_HAND = 128 * 1024 * 1024;
const RETRY_SECONDS = 1;

/** What one push holds of the memory for all of them. */
export interface Hold {
  /** @throws {Problem} PUSHES_EXHAUSTED */
  add(bytes: number): void;
  /** Gives everything back; a second call does nothing. */
  release(): void;
}

/** Bounds the bodies of pushes that are in memory at once, whatever the number of connections. */
export class BytesInHand {
  private bytesHeld = 0;

  constructor(private readonly maxBytes = MAX_BYTES_IN_HAND) {}

  hold(): Hold {
    let own = 0;
    return {
      add: (bytes) => {
        if (this.bytesHeld + bytes > this.maxBytes) {
          const detail = 'too much is being pushed at once; push again';
          throw tryAgainLater('PUSHES_EXHAUSTED', detail, RETRY_SECONDS);
        }
        own += bytes;
        this.bytesHeld += bytes;
      },
      release: () => {
        this.bytesHeld -= own;
        own = 0;
      },
    };
  }
}
