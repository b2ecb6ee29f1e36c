import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

/** What is done again and again beside the records that arrive. */
export interface BackgroundWork {
  /** Resolves with the milliseconds to rest before it is called again; what it throws is reported. */
  run(signal: AbortSignal): Promise<number>;
  /** Said in the log where it failed: what waits. */
  readonly waiting: string;
  readonly afterTroubleMs: number;
}

export interface BackgroundReport {
  log(line: { readonly msg: string; readonly count: number }): void;
  warn(line: { readonly msg: string; readonly err: unknown }): void;
}

/** Goes on from when the service is up until it stops, whatever fails on the way. */
export class BackgroundLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly work: BackgroundWork,
    private readonly report: Pick<BackgroundReport, 'warn'>,
  ) {}

  onApplicationBootstrap(): void {
    this.running ??= this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) await rest(await this.runOnce(signal), signal);
  }

  private async runOnce(signal: AbortSignal): Promise<number> {
    try {
      return await this.work.run(signal);
    } catch (error) {
      if (!signal.aborted) this.report.warn({ msg: this.work.waiting, err: error });
      return this.work.afterTroubleMs;
    }
  }
}

/** Ends early, and without an error, where the signal is aborted. */
export async function rest(durationMs: number, signal: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal }).catch(() => undefined);
}
