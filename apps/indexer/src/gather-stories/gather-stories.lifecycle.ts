import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

const LOOK_EVERY_MS = 500;
/** Articles are stored before they are gathered: a tenth of a processor at most. */
const REST_PER_WORK = 9;
const MAX_REST_MS = 10_000;
const AFTER_TROUBLE_MS = 5_000;

/** Where articles are put into stories, some at a time; 0 where none are left. */
export interface ArticleGatherer {
  gather(signal: AbortSignal): Promise<number>;
}

export interface GatheringReport {
  warn(line: { readonly msg: string; readonly err: unknown }): void;
}

/** Puts new articles into stories from when the service is up until it stops. */
export class GatherStoriesLifecycle implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly gatherer: ArticleGatherer,
    private readonly report: GatheringReport,
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
      const pauseMs = await this.gatherOnce(signal);
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Whatever failed is done later: how far it came stands in the store. */
  private async gatherOnce(signal: AbortSignal): Promise<number> {
    try {
      const startedAt = performance.now();
      const count = await this.gatherer.gather(signal);
      const restMs = (performance.now() - startedAt) * REST_PER_WORK;
      return count > 0 ? Math.min(restMs, MAX_REST_MS) : LOOK_EVERY_MS;
    } catch (error) {
      if (!signal.aborted) this.report.warn({ msg: 'stories wait', err: error });
      return AFTER_TROUBLE_MS;
    }
  }
}
