import { TOPICS } from '@broadsheet/contracts';
import type { HttpClientSettings } from '@broadsheet/http-client';
import { createKafka, KafkaLogAdmin } from '@broadsheet/messaging';
import { createLogger, createServiceApp, loadSettings } from '@broadsheet/platform';
import { FetcherModule } from '../fetcher.module.ts';
import { FetcherSettings } from '../fetcher.settings.ts';

export interface RealFetcher {
  close(): Promise<void>;
}

export interface RealFetcherOptions {
  readonly brokers: string;
  readonly databaseUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly network?: Pick<HttpClientSettings, 'resolve' | 'dnsCacheMs'>;
}

/** Creates the topics that a fetcher publishes to. */
export async function ensureTopics(broker: string): Promise<void> {
  const log = () => undefined;
  const kafka = createKafka({ brokers: [broker], ssl: false, clientId: 'test', log });
  const admin = new KafkaLogAdmin(kafka);
  await admin.ensureTopics(TOPICS, { replicationFactor: 1, minInsyncReplicas: 1 });
  await admin.close();
}

/** The service as it runs, but for its logs, with no pause between requests where `env` sets none. */
export async function startRealFetcher(options: RealFetcherOptions): Promise<RealFetcher> {
  const settings = loadSettings(FetcherSettings, {
    KAFKA_BROKERS: options.brokers,
    DATABASE_URL: options.databaseUrl,
    HTTP_PORT: '0',
    LOG_LEVEL: 'silent',
    FETCH_ALLOW_PRIVATE: '127.0.0.1',
    FETCH_HOST_DELAY_MS: '0',
    ...options.env,
  });
  const definition = {
    name: 'fetcher' as const,
    module: (own: FetcherSettings) => FetcherModule.forSettings(own, options.network),
  };
  const logger = createLogger({ service: 'fetcher', level: 'silent' });
  const app = await createServiceApp(definition, settings, logger);
  await app.init();
  return app;
}
