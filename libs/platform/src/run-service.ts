import { KafkaLogAdmin } from '@broadsheet/messaging';
import type { Pool } from '@broadsheet/persistence';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { DATABASE_POOL } from './database/database.module.ts';
import { probeSinks } from './kafka/probe-sinks.ts';
import { type ConsumerGroup, startConsumers } from './kafka/start-consumers.ts';
import { createLogger } from './logging/service-logger.ts';
import { explainFailedStart } from './process/explain-failed-start.ts';
import { ServiceProcess } from './process/service-process.ts';
import { createServiceApp, type ServiceDefinition, usesDatabase } from './service-app.ts';
import type { ServiceEnvironment } from './settings/http.settings.ts';
import { type Environment, loadSettings } from './settings/load-settings.ts';
import { PLATFORM_VERSION } from './version.ts';

export interface ServiceOptions<
  Settings extends ServiceEnvironment,
> extends ServiceDefinition<Settings> {
  readonly settings: z.ZodType<Settings>;
  readonly env: Environment;
  /** What the service consumes; its settings must name Kafka then. */
  readonly groups?: readonly ConsumerGroup[];
}

/** Runs a service until it is told to stop or cannot go on; then it ends the process. */
export async function runService<Settings extends ServiceEnvironment>(
  options: ServiceOptions<Settings>,
): Promise<void> {
  try {
    const settings = loadSettings(options.settings, options.env);
    const logger = createLogger({ service: options.name, level: settings.LOG_LEVEL });
    await start(options, settings, logger);
  } catch (error) {
    process.stderr.write(`${options.name}: ${explainFailedStart(error)}\n`);
    process.exit(1);
  }
}

async function start<Settings extends ServiceEnvironment>(
  options: ServiceOptions<Settings>,
  settings: Settings,
  logger: Logger,
): Promise<void> {
  const app = await createServiceApp(options, settings, logger);
  const stopping = new AbortController();
  const service = new ServiceProcess(process, logger, async () => {
    stopping.abort();
    await app.close();
  });
  service.watch();
  await app.listen(settings.HTTP_PORT, settings.HTTP_BIND);
  logger.info({ url: await app.getUrl() }, 'listening');
  if (options.groups === undefined) return;
  startConsumers(app, {
    service: { name: options.name, version: PLATFORM_VERSION },
    groups: options.groups,
    probeSink: probeSinks(app.get(KafkaLogAdmin), poolOf(app, settings)),
    onFatal: (error) => service.fail(error, 'a consumer cannot go on'),
    stopping: stopping.signal,
  });
}

function poolOf(app: NestFastifyApplication, settings: ServiceEnvironment): Pool | null {
  return usesDatabase(settings) ? app.get<Pool>(DATABASE_POOL) : null;
}
