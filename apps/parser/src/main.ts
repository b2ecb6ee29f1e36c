import { availableParallelism } from 'node:os';
import { CONSUMER_GROUP } from '@broadsheet/contracts';
import { runService } from '@broadsheet/platform';
import { ParserModule } from './parser.module.ts';
import { parserSettings } from './parser.settings.ts';

await runService({
  name: 'parser',
  settings: parserSettings(availableParallelism()),
  module: (settings) => ParserModule.forSettings(settings),
  groups: [
    {
      groupId: CONSUMER_GROUP.parser,
      // One's pages are parsed while the other's are fetched and inflated.
      members: 2,
      // Pages inflate to many times of it, and all that one fetch brings is in memory at once.
      fetchBytesPerPartition: 256 * 1024,
      freesRecords: true,
    },
  ],
  env: process.env,
});
