import { type DynamicModule, Global, Module } from '@nestjs/common';
import { HealthChecks } from './health/health-checks.ts';
import { HealthController } from './health/health.controller.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import { Metrics } from './metrics/metrics.ts';

/** Injects the frozen settings of the service. */
export const SETTINGS = Symbol('SETTINGS');

/** What every service has: settings, health and metrics. */
@Global()
@Module({ controllers: [HealthController, MetricsController] })
export class PlatformModule {
  static forService(service: string, settings: unknown): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: HealthChecks, useFactory: () => new HealthChecks() },
        { provide: Metrics, useFactory: () => new Metrics(service) },
      ],
      exports: [SETTINGS, HealthChecks, Metrics],
    };
  }
}
