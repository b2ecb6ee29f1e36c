interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Fewer statements matter more than the wait for a few more items; beyond this they take too long. */
const MAX_ITEMS = 200;

/**
 * Writes items together that come while a write is under way, so that a busy service pays for one transaction
 * where it would pay for many; an idle one waits for nothing.
 */
export class GatheringWriter<Item> {
  private readonly waiting: Waiting<Item>[] = [];
  private isWriting = false;

  /** @param write resolves with what the database says against each item, in order; null for none. */
  constructor(
    private readonly write: (items: readonly Item[]) => Promise<readonly (Error | null)[]>,
  ) {}

  /** Resolves when the item is written; rejects where the write failed or the item was refused. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isWriting) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isWriting = true;
    // What is added in this turn of the event loop still comes along.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.writeSome(this.waiting.splice(0, MAX_ITEMS));
    this.isWriting = false;
  }

  private async writeSome(taken: readonly Waiting<Item>[]): Promise<void> {
    try {
      const faults = await this.write(taken.map(({ item }) => item));
      taken.forEach(({ resolve, reject }, index) => {
        const fault = faults[index] ?? null;
        if (fault === null) resolve();
        else reject(fault);
      });
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  }
}
