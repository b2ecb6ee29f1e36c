import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { ExpireArticlesHandler } from './expire-articles.handler.ts';

const LOOK_EVERY_MS = 10 * 60_000;
const AFTER_TROUBLE_MS = 60_000;
/** Between two looks at what is still to be carried out. */
const PAUSE_MS = 500;

export interface ExpiryReport {
  log(line: { readonly msg: string; readonly count: number }): void;
  warn(line: { readonly msg: string; readonly err: unknown }): void;
}

/** Looks for articles that have had their time, from when the service is up until it stops. */
export class ExpiryLifecycle implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly handler: ExpireArticlesHandler,
    private readonly report: ExpiryReport,
  ) {}

  onApplicationBootstrap(): void {
    this.running ??= this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) await this.wait(await this.lookOnce());
  }

  private async lookOnce(): Promise<number> {
    const { signal } = this.stopping;
    try {
      const count = await this.handler.handle(() => this.wait(PAUSE_MS), signal);
      if (count > 0) this.report.log({ msg: 'articles had their time', count });
      return LOOK_EVERY_MS;
    } catch (error) {
      if (!signal.aborted) this.report.warn({ msg: 'the retention waits', err: error });
      return AFTER_TROUBLE_MS;
    }
  }

  private async wait(durationMs: number): Promise<void> {
    await delay(durationMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
