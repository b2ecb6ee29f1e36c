import { CONSUMER_GROUP } from '@broadsheet/contracts';
import { runService } from '@broadsheet/platform';
import { IndexerModule } from './indexer.module.ts';
import { IndexerSettings } from './indexer.settings.ts';

await runService({
  name: 'indexer',
  settings: IndexerSettings,
  module: (settings) => IndexerModule.forService(settings),
  groups: [
    // A transaction for each article that comes alone costs several times what it takes in company.
    { groupId: CONSUMER_GROUP.indexer, fetchWaits: { forBytes: 64 * 1024, atMostMs: 50 } },
    { groupId: CONSUMER_GROUP.indexerTrail },
  ],
  env: process.env,
});
