import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { CarryOutDeletionsHandler } from './carry-out-deletions.handler.ts';

const LOOK_EVERY_MS = 250;
const AFTER_TROUBLE_MS = 5_000;

export interface DeletionReport {
  log(line: { readonly msg: string; readonly count: number }): void;
  warn(line: { readonly msg: string; readonly err: unknown }): void;
}

/** Looks for orders from when the service is up until it stops. */
export class DeletionLifecycle implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly handler: CarryOutDeletionsHandler,
    private readonly report: DeletionReport,
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
    while (!signal.aborted) {
      const pauseMs = await this.lookOnce(signal);
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Whatever failed, the order is still there. */
  private async lookOnce(signal: AbortSignal): Promise<number> {
    try {
      const count = await this.handler.handle(signal);
      if (count > 0) this.report.log({ msg: 'deleted articles', count });
      return LOOK_EVERY_MS;
    } catch (error) {
      if (!signal.aborted) this.report.warn({ msg: 'deletions wait', err: error });
      return AFTER_TROUBLE_MS;
    }
  }
}
