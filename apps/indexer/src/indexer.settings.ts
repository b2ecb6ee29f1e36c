import { databaseSettings, httpSettings, kafkaSettings, logSettings } from '@broadsheet/platform';
import { z } from 'zod';

export const IndexerSettings = z.object({
  ...httpSettings({ port: 8083 }),
  ...logSettings,
  ...kafkaSettings,
  ...databaseSettings,
});
export type IndexerSettings = z.infer<typeof IndexerSettings>;
