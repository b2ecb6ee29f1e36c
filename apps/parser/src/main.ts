import { availableParallelism } from 'node:os';
import { CONSUMER_GROUP } from '@broadsheet/contracts';
import { runService } from '@broadsheet/platform';
import { ParserModule } from './parser.module.ts';
import { parserSettings } from './parser.settings.ts';

await runService({
  name: 'parser',
  settings: parserSettings(availableParallelism()),
  module: (settings) => ParserModule.forSettings(settings),
  groups: [{ groupId: CONSUMER_GROUP.parser }],
  env: process.env,
});
