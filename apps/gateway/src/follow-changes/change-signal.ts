/** Wakes whoever waits for changes. */
export class ChangeSignal {
  private generation = 0;
  private readonly waiting = new Set<() => void>();

  /** Hand it to `wait`: what is raised between the two wakes at once, so that nothing is slept through. */
  now(): number {
    return this.generation;
  }

  raise(): void {
    this.generation += 1;
    for (const wake of this.waiting) wake();
  }

  /** Resolves when it is raised after `seen`, when the time is over, or when the signal aborts. */
  async wait(seen: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.generation !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
