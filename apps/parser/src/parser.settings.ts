import { httpSettings, kafkaSettings, logSettings } from '@broadsheet/platform';
import { z } from 'zod';

export const ParserSettings = z.object({
  ...httpSettings({ port: 8082 }),
  ...logSettings,
  ...kafkaSettings,
});
export type ParserSettings = z.infer<typeof ParserSettings>;
