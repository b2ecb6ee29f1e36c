import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { DatabaseModule } from './database/database.module.ts';
import { NestPinoLogger } from './logging/service-logger.ts';
import { Metrics } from './metrics/metrics.ts';
import { PlatformModule } from './platform.module.ts';
import { observeHttp } from './process/service-http.ts';
import type { DatabaseEnvironment } from './settings/database.settings.ts';
import type { ServiceEnvironment } from './settings/http.settings.ts';

export interface ServiceDefinition<Settings extends ServiceEnvironment> {
  /** Name in logs and metrics, and client id towards the broker. */
  readonly name: string;
  readonly module: (settings: Settings) => Type | DynamicModule;
  /** The HTTP server, where the usual one will not do. */
  readonly adapter?: () => FastifyAdapter;
  /** Prepares the HTTP side before the first request; for services with routes of their own. */
  readonly configure?: (app: NestFastifyApplication, settings: Settings) => void | Promise<void>;
}

/** The Nest application of a service, neither listening nor consuming yet. */
export async function createServiceApp<Settings extends ServiceEnvironment>(
  definition: ServiceDefinition<Settings>,
  settings: Settings,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const root: DynamicModule = {
    module: ServiceRoot,
    imports: [
      PlatformModule.forService(definition.name, settings),
      ...(usesDatabase(settings) ? [DatabaseModule.forService(definition.name, settings)] : []),
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
  await definition.configure?.(app, settings);
  return app;
}

class ServiceRoot {}

function usesDatabase<Settings>(settings: Settings): settings is Settings & DatabaseEnvironment {
  return typeof settings === 'object' && settings !== null && 'DATABASE_URL' in settings;
}
