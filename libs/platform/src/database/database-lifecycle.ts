import type { Pool } from '@broadsheet/persistence';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { CheckOutcome, HealthChecks } from '../health/health-checks.ts';
import { within } from '../process/within.ts';

const POOL_END_MS = 5_000;

/** Says in /health/ready whether Postgres answers, and closes the pool after the last work. */
export class DatabaseLifecycle implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly pool: Pool,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.checks.addReadiness({ name: 'postgres', run: () => this.isReachable() });
  }

  /** Not in onModuleDestroy: batches in hand still write between the two. */
  async onApplicationShutdown(): Promise<void> {
    await within(POOL_END_MS, this.pool.end());
  }

  private async isReachable(): Promise<CheckOutcome> {
    try {
      await this.pool.query('SELECT 1');
      return { ok: true };
    } catch {
      return { ok: false, reason: 'Postgres does not answer' };
    }
  }
}
