import { CONSUMER_GROUP } from '@broadsheet/contracts';
import { runService } from '@broadsheet/platform';
import { IndexerModule } from './indexer.module.ts';
import { IndexerSettings } from './indexer.settings.ts';

await runService({
  name: 'indexer',
  settings: IndexerSettings,
  module: (settings) => IndexerModule.forService(settings),
  groups: [{ groupId: CONSUMER_GROUP.indexer }, { groupId: CONSUMER_GROUP.indexerTrail }],
  env: process.env,
});
