import { setTimeout as delay } from 'node:timers/promises';
import { decideRestart, type RestartState } from './restart-delay.ts';

/** Something that runs and can be started again after it died. */
interface Startable {
  start(): Promise<void>;
}

/** Starts again what dies, with growing pauses, until it is told to rest. */
export class Supervisor {
  private readonly states = new Map<string, RestartState>();
  private readonly startedAtMs = new Map<string, number>();
  private readonly resting = new AbortController();

  constructor(
    private readonly say: (line: string) => void,
    private readonly nowMs: () => number,
  ) {}

  noteStart(name: string): void {
    this.startedAtMs.set(name, this.nowMs());
  }

  rest(): void {
    this.resting.abort();
  }

  async revive(name: string, program: Startable, reason: string): Promise<void> {
    let cause = reason;
    while (!this.resting.signal.aborted) {
      const delayMs = this.nextDelayMs(name);
      this.say(`${cause}; starting it again in ${delayMs / 1_000} s.`);
      await delay(delayMs, undefined, { signal: this.resting.signal }).catch(() => undefined);
      if (this.resting.signal.aborted) return;
      try {
        this.noteStart(name);
        await program.start();
        this.say(`${name} runs again.`);
        return;
      } catch (error) {
        cause = error instanceof Error ? error.message : String(error);
      }
    }
  }

  private nextDelayMs(name: string): number {
    const livedMs = this.nowMs() - (this.startedAtMs.get(name) ?? 0);
    const decision = decideRestart(this.states.get(name) ?? { failures: 0 }, livedMs);
    this.states.set(name, decision.state);
    return decision.delayMs;
  }
}
