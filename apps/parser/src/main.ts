import { runService } from '@broadsheet/platform';
import { ParserModule } from './parser.module.ts';
import { ParserSettings } from './parser.settings.ts';

await runService({
  name: 'parser',
  settings: ParserSettings,
  module: () => ParserModule,
  env: process.env,
});
