import { runService } from '@broadsheet/platform';
import { IndexerModule } from './indexer.module.ts';
import { IndexerSettings } from './indexer.settings.ts';

await runService({
  name: 'indexer',
  settings: IndexerSettings,
  module: () => IndexerModule,
  env: process.env,
});
