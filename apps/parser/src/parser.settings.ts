import { httpSettings, integerSetting, kafkaSettings, logSettings } from '@broadsheet/platform';
import { z } from 'zod';

/** `PARSER_WORKERS`: threads that parse pages; 0 parses everything on the main thread. */
export function parserSettings(processors: number) {
  return z.object({
    ...httpSettings({ port: 8082 }),
    ...logSettings,
    ...kafkaSettings,
    PARSER_WORKERS: integerSetting({ min: 0, max: 64, default: Math.min(processors, 8) }),
  });
}
export type ParserSettings = z.infer<ReturnType<typeof parserSettings>>;
