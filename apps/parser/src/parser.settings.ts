import { httpSettings, integerSetting, kafkaSettings, logSettings } from '@broadsheet/platform';
import { z } from 'zod';

const MAX_DEFAULT_WORKERS = 8;

/** `PARSER_WORKERS`: threads that parse pages; 0 parses everything on the main thread. */
export function parserSettings(processors: number) {
  return z.object({
    ...httpSettings({ port: 8082 }),
    ...logSettings,
    ...kafkaSettings,
    PARSER_WORKERS: integerSetting({ min: 0, max: 64, default: defaultWorkers(processors) }),
  });
}
export type ParserSettings = z.infer<ReturnType<typeof parserSettings>>;

/** The main thread, which reads, parses texts and writes, fills a processor by itself. */
function defaultWorkers(processors: number): number {
  return Math.min(Math.max(processors - 1, 1), MAX_DEFAULT_WORKERS);
}
