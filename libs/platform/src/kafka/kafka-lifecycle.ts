import type { KafkaLogAdmin, KafkaLogProducer } from '@broadsheet/messaging';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { CheckOutcome, HealthChecks } from '../health/health-checks.ts';
import { within } from '../process/within.ts';

const REACH_TIMEOUT_MS = 1_500;
const CLOSE_MS = 5_000;

/** Says in /health/ready whether a broker answers, and disconnects after the last work. */
export class KafkaLifecycle implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly producer: KafkaLogProducer,
    private readonly admin: KafkaLogAdmin,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.checks.addReadiness({ name: 'kafka', run: () => this.isReachable() });
  }

  /** Not in onModuleDestroy: batches in hand still send between the two. */
  async onApplicationShutdown(): Promise<void> {
    await within(CLOSE_MS, Promise.allSettled([this.producer.close(), this.admin.close()]));
  }

  private async isReachable(): Promise<CheckOutcome> {
    if (await this.admin.isReachable(REACH_TIMEOUT_MS)) return { ok: true };
    return { ok: false, reason: `no broker answers within ${REACH_TIMEOUT_MS} ms` };
  }
}
