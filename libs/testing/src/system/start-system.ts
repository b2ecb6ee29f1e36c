import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@broadsheet/embedded-servers';
import { type OwnKafka, type OwnPostgres, startKafka, startPostgres } from '../own-servers.ts';
import { ServiceProcess } from './service-process.ts';

const MIGRATE = fileURLToPath(new URL('../../../../apps/migrate/dist/main.js', import.meta.url));

type SystemService = 'parser' | 'indexer' | 'gateway' | 'fetcher';

/** The whole built system on a broker and a Postgres of its own. */
export interface RunningSystem {
  readonly brokers: string;
  readonly databaseUrl: string;
  readonly gatewayUrl: string;
  readonly kafka: OwnKafka;
  readonly postgres: OwnPostgres;
  readonly services: Readonly<Record<SystemService, ServiceProcess>>;
  /** Where the services write their logs. */
  readonly logDirectory: string;
  /** Another process of a service beside the first, ready, and stopped with the system. */
  addProcess(app: SystemService): Promise<ServiceProcess>;
  dispose(): Promise<void>;
}

export interface SystemOptions {
  /** Settings for every service, over the defaults. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Needs the built apps (`npm run build`). Resolves when every service reports ready. */
export async function startSystem(options: SystemOptions = {}): Promise<RunningSystem> {
  const logDirectory = mkdtempSync(join(tmpdir(), 'broadsheet-system-'));
  chmodSync(logDirectory, 0o711);
  const [kafka, postgres] = await Promise.all([startKafka(), startPostgres()]);
  const gatewayPort = await findFreePort();
  const environment = {
    ...process.env,
    WEBSUB_CALLBACK_URL: `http://127.0.0.1:${gatewayPort}`,
    NODE_ENV: 'production',
    KAFKA_BROKERS: kafka.brokers,
    DATABASE_URL: postgres.url,
    ...options.environment,
  };
  const services = await prepareServices({ environment, logDirectory, gatewayPort });
  const added: ServiceProcess[] = [];
  const addProcess = async (app: SystemService) => {
    const name = `${app}-${added.length + 2}`;
    const port = await findFreePort();
    const process = prepareService(app, { name, environment, logDirectory, port });
    added.push(process);
    await process.start();
    return process;
  };
  const dispose = async () => {
    await Promise.all([...Object.values(services), ...added].map((service) => service.stop()));
    await Promise.all([kafka.dispose(), postgres.dispose()]);
    rmSync(logDirectory, { recursive: true, force: true });
  };
  try {
    await migrate(environment);
    await Promise.all(Object.values(services).map((service) => service.start()));
  } catch (error) {
    await dispose();
    throw error;
  }
  const { brokers } = kafka;
  const addresses = { brokers, databaseUrl: postgres.url, gatewayUrl: services.gateway.url };
  return { ...addresses, kafka, postgres, services, logDirectory, addProcess, dispose };
}

interface Preparation {
  /** Of the log file. */
  readonly name: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logDirectory: string;
  readonly port: number;
}

function prepareService(
  app: SystemService,
  { name, environment, logDirectory, port }: Preparation,
): ServiceProcess {
  const logFile = join(logDirectory, `${name}.log`);
  return new ServiceProcess({ app, port, environment, logFile });
}

async function prepareServices({
  gatewayPort,
  ...shared
}: Omit<Preparation, 'name' | 'port'> & { readonly gatewayPort: number }): Promise<
  Record<SystemService, ServiceProcess>
> {
  const prepare = (app: SystemService, port: number) =>
    prepareService(app, { ...shared, name: app, port });
  return {
    parser: prepare('parser', await findFreePort()),
    indexer: prepare('indexer', await findFreePort()),
    gateway: prepare('gateway', gatewayPort),
    fetcher: prepare('fetcher', await findFreePort()),
  };
}

async function migrate(environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [MIGRATE], { env: environment, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`migrate ended with ${child.exitCode}: ${output}`);
}
