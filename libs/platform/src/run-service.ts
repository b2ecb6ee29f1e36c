import type { Logger } from 'pino';
import type { z } from 'zod';
import { createLogger } from './logging/service-logger.ts';
import { ServiceProcess } from './process/service-process.ts';
import { createServiceApp, type ServiceDefinition } from './service-app.ts';
import type { ServiceEnvironment } from './settings/http.settings.ts';
import { type Environment, loadSettings } from './settings/load-settings.ts';
import { SettingsInvalid } from './settings/settings-invalid.errors.ts';

/** What Node says when it cannot listen. */
interface ListenError extends NodeJS.ErrnoException {
  readonly address: string;
  readonly port: number;
}

export interface ServiceOptions<
  Settings extends ServiceEnvironment,
> extends ServiceDefinition<Settings> {
  readonly settings: z.ZodType<Settings>;
  readonly env: Environment;
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
  definition: ServiceDefinition<Settings>,
  settings: Settings,
  logger: Logger,
): Promise<void> {
  const app = await createServiceApp(definition, settings, logger);
  const service = new ServiceProcess(process, logger, () => app.close());
  service.watch();
  await app.listen(settings.HTTP_PORT, settings.HTTP_BIND);
  logger.info({ url: await app.getUrl() }, 'listening');
}

function explainFailedStart(error: unknown): string {
  if (error instanceof SettingsInvalid) return error.message;
  if (isSystemError(error) && error.code === 'EADDRINUSE') {
    return `The port ${error.port} is taken by another process; stop that one, or set HTTP_PORT to a free port.`;
  }
  if (isSystemError(error) && error.code === 'EADDRNOTAVAIL') {
    return `The address ${error.address} is not one of this machine; set HTTP_BIND to one that is.`;
  }
  return `The start failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function isSystemError(error: unknown): error is ListenError {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen';
}
