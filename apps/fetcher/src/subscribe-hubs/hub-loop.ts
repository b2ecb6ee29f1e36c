import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

export interface HubWork {
  subscribe(signal: AbortSignal): Promise<void>;
  takeMessage(): Promise<boolean>;
}

const MESSAGE_PAUSE_MS = 1_000;
const SUBSCRIBE_PAUSE_MS = 30_000;
const TROUBLE_PAUSE_MS = 10_000;

/** Hears hubs every second and subscribes to new ones every half minute, until it is stopped. */
export class HubLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: HubWork,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  onApplicationBootstrap(): void {
    this.running = Promise.all([
      this.repeat(MESSAGE_PAUSE_MS, () => this.hearAll()),
      this.repeat(SUBSCRIBE_PAUSE_MS, () => this.work.subscribe(this.stopped.signal)),
    ]).then(() => undefined);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async hearAll(): Promise<void> {
    while (!this.stopped.signal.aborted && (await this.work.takeMessage()));
  }

  private async repeat(pauseMs: number, once: () => Promise<void>): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      let waitMs = pauseMs;
      try {
        await once();
      } catch (error) {
        if (!signal.aborted) this.onTrouble(error);
        waitMs = TROUBLE_PAUSE_MS;
      }
      await delay(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
