import {
  databaseSettings,
  httpSettings,
  integerSetting,
  kafkaSettings,
  logSettings,
} from '@broadsheet/platform';
import { z } from 'zod';
import { sourceDaysSetting } from './expire-articles/retention-rules.ts';

export const IndexerSettings = z.object({
  ...httpSettings({ port: 8083 }),
  ...logSettings,
  ...kafkaSettings,
  ...databaseSettings,
  /** Articles are deleted so many days after they were first seen; 0 keeps them for ever. */
  RETENTION_DAYS: integerSetting({ min: 0, max: 36_500, default: 0 }),
  /** The same for single sources, by id or name. */
  RETENTION_DAYS_BY_SOURCE: sourceDaysSetting(),
});
export type IndexerSettings = z.infer<typeof IndexerSettings>;
