import { CONSUMER_GROUP } from '@broadsheet/contracts';
import { runService } from '@broadsheet/platform';
import { ParserModule } from './parser.module.ts';
import { ParserSettings } from './parser.settings.ts';

await runService({
  name: 'parser',
  settings: ParserSettings,
  module: () => ParserModule,
  groups: [{ groupId: CONSUMER_GROUP.parser }],
  env: process.env,
});
