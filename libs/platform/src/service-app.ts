import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { DatabaseModule } from './database/database.module.ts';
import { KafkaModule } from './kafka/kafka.module.ts';
import { NestPinoLogger } from './logging/service-logger.ts';
import { Metrics } from './metrics/metrics.ts';
import { PlatformModule } from './platform.module.ts';
import { followTraces, limitHttpStop, observeHttp } from './process/service-http.ts';
import type { DatabaseEnvironment } from './settings/database.settings.ts';
import type { ServiceEnvironment } from './settings/http.settings.ts';
import type { KafkaEnvironment } from './settings/kafka.settings.ts';

export interface ServiceDefinition<Settings extends ServiceEnvironment> {
  /** Name in logs and metrics, and client id towards the broker. */
  readonly name: string;
  readonly module: (settings: Settings) => Type | DynamicModule;
  /** The HTTP server, where the usual one will not do. */
  readonly adapter?: () => FastifyAdapter;
  /** Prepares the HTTP side before the first request; for services with routes of their own. */
  readonly configure?: (app: NestFastifyApplication, settings: Settings) => void | Promise<void>;
}

/**
 * The Nest application of a service, neither listening nor consuming yet. Settings that name Kafka or
 * a database bring their modules with them.
 */
export async function createServiceApp<Settings extends ServiceEnvironment>(
  definition: ServiceDefinition<Settings>,
  settings: Settings,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const { name } = definition;
  const root: DynamicModule = {
    module: ServiceRoot,
    imports: [
      PlatformModule.forService(name, settings),
      ...(usesKafka(settings) ? [KafkaModule.forService(name, settings)] : []),
      ...(usesDatabase(settings) ? [DatabaseModule.forService(name, settings)] : []),
      definition.module(settings),
    ],
  };
  const adapter = definition.adapter?.() ?? new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new NestPinoLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  observeHttp(app, app.get(Metrics));
  followTraces(app);
  limitHttpStop(app);
  await definition.configure?.(app, settings);
  return app;
}

class ServiceRoot {}

function usesKafka<Settings extends object>(
  settings: Settings,
): settings is Settings & KafkaEnvironment {
  return 'KAFKA_BROKERS' in settings;
}

export function usesDatabase<Settings extends object>(
  settings: Settings,
): settings is Settings & DatabaseEnvironment {
  return 'DATABASE_URL' in settings;
}
