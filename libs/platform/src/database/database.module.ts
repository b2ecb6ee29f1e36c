import { createPool, type Pool } from '@broadsheet/persistence';
import { type DynamicModule, Global, Logger, Module } from '@nestjs/common';
import { HealthChecks } from '../health/health-checks.ts';
import type { DatabaseEnvironment } from '../settings/database.settings.ts';
import { DatabaseLifecycle } from './database-lifecycle.ts';

/** Injects the connection pool of the service. */
export const DATABASE_POOL = Symbol('DATABASE_POOL');

const STATEMENT_TIMEOUT_MS = 15_000;

@Global()
@Module({})
export class DatabaseModule {
  static forService(service: string, settings: DatabaseEnvironment): DynamicModule {
    const logger = new Logger('Database');
    const settingsOfPool = {
      url: settings.DATABASE_URL,
      applicationName: `broadsheet-${service}`,
      maxConnections: settings.DATABASE_POOL_SIZE,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    };
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DATABASE_POOL,
          useFactory: () =>
            createPool(settingsOfPool, (error) =>
              logger.warn({ msg: 'a connection died', err: error }),
            ),
        },
        {
          provide: DatabaseLifecycle,
          inject: [DATABASE_POOL, HealthChecks],
          useFactory: (pool: Pool, checks: HealthChecks) => new DatabaseLifecycle(pool, checks),
        },
      ],
      exports: [DATABASE_POOL],
    };
  }
}
