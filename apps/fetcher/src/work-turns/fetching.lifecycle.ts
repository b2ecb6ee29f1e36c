import { HttpClient } from '@broadsheet/http-client';
import { HealthChecks } from '@broadsheet/platform';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { TurnLoop } from './turn-loop.ts';

/** A round waits for two queries at most, and 30 s after trouble. */
const STUCK_AFTER_MS = 120_000;

/** Begins to fetch when the service is up, and ends it before the producer and the pool close. */
@Injectable()
export class FetchingLifecycle
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  constructor(
    private readonly loop: TurnLoop,
    private readonly client: HttpClient,
    private readonly checks: HealthChecks,
  ) {}

  onApplicationBootstrap(): void {
    this.checks.addLiveness({
      name: 'fetching',
      run: () =>
        this.loop.idleForMs() < STUCK_AFTER_MS
          ? { ok: true }
          : { ok: false, reason: 'no look at the queue for two minutes' },
    });
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
