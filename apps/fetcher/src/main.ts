import { runService } from '@broadsheet/platform';
import { FetcherModule } from './fetcher.module.ts';
import { FetcherSettings } from './fetcher.settings.ts';

await runService({
  name: 'fetcher',
  settings: FetcherSettings,
  module: (settings) => FetcherModule.forSettings(settings),
  env: process.env,
});
