import { createLogger, createServiceApp, HealthChecks, loadSettings } from '@broadsheet/platform';
import { expect, it } from 'vitest';
import { FetchPageHandler } from './fetch-pages/fetch-page.handler.ts';
import { FetcherModule } from './fetcher.module.ts';
import { FetcherSettings } from './fetcher.settings.ts';
import { PollSourceHandler } from './poll-sources/poll-source.handler.ts';

it('compiles the module of the fetcher, which is alive while its stores are away', async () => {
  const settings = loadSettings(FetcherSettings, {
    KAFKA_BROKERS: '127.0.0.1:1',
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    LOG_LEVEL: 'silent',
  });
  const definition = {
    name: 'fetcher' as const,
    module: (own: FetcherSettings) => FetcherModule.forSettings(own),
  };
  const logger = createLogger({ service: 'fetcher', level: 'silent' });
  const app = await createServiceApp(definition, settings, logger);
  await app.init();
  expect(app.get(PollSourceHandler)).toBeInstanceOf(PollSourceHandler);
  expect(app.get(FetchPageHandler)).toBeInstanceOf(FetchPageHandler);
  expect(await app.get(HealthChecks).live()).toMatchObject({ checks: { fetching: { ok: true } } });
  expect(await app.get(HealthChecks).ready()).toMatchObject({ status: 'unavailable' });
  await app.close();
});
