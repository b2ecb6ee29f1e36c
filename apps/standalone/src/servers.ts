import { type EmbeddedServer, startKafka, startPostgres } from '@broadsheet/embedded-servers';
import { join } from 'node:path';
import type { StandaloneSettings } from './standalone.config.ts';

export interface ServersContext {
  readonly settings: StandaloneSettings;
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute path. */
  readonly home: string;
  readonly say: (line: string) => void;
  readonly onDeath: (name: string, server: EmbeddedServer, reason: string) => void;
}

/** A broker or a database: ours with its handle, or somebody else's without one. */
export interface Provided {
  readonly address: string;
  readonly server: EmbeddedServer | null;
  readonly passwordFile?: string;
}

export async function provideKafka(context: ServersContext): Promise<Provided> {
  const { settings, environment, home, say } = context;
  if (settings.KAFKA_BROKERS !== undefined)
    return { address: settings.KAFKA_BROKERS, server: null };
  const server = await startKafka({
    directory: join(home, 'kafka'),
    jarsDirectory: join(home, 'jars'),
    port: settings.KAFKA_PORT,
    environment,
    log: say,
    onDeath: (reason) => context.onDeath('Kafka', server, reason),
  });
  return { address: server.brokers, server };
}

export async function providePostgres(context: ServersContext): Promise<Provided> {
  const { settings, home, say } = context;
  if (settings.DATABASE_URL !== undefined) return { address: settings.DATABASE_URL, server: null };
  const server = await startPostgres({
    directory: join(home, 'postgres'),
    port: settings.POSTGRES_PORT,
    isDurable: true,
    log: say,
    onDeath: (reason) => context.onDeath('Postgres', server, reason),
  });
  return { address: server.url, server, passwordFile: server.passwordFile };
}
