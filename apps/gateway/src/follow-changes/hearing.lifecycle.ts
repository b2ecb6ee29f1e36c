import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

/** What tells the feed of changes while it is started. */
export interface ChangeHearing {
  start(): void;
  stop(): Promise<void>;
}

/** Hears of changes for as long as the service runs. */
export class HearingLifecycle implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly hearing: ChangeHearing) {}

  onApplicationBootstrap(): void {
    this.hearing.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.hearing.stop();
  }
}
