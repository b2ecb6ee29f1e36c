import { databaseSettings, integerSetting, kafkaSettings } from '@broadsheet/platform';
import { z } from 'zod';

export const MigrateSettings = z
  .object({
    ...kafkaSettings,
    DATABASE_URL: databaseSettings.DATABASE_URL,
    /** Copies of every topic that is created; 3 is usual where there are three brokers. */
    TOPIC_REPLICATION_FACTOR: integerSetting({ min: 1, max: 32, default: 1 }),
    /** Copies that must have a record before it counts as written; 2 goes with 3 copies. */
    TOPIC_MIN_INSYNC_REPLICAS: integerSetting({ min: 1, max: 32, default: 1 }),
    /** How long to wait for a broker and a database that are still starting. */
    MIGRATE_WAIT_SECONDS: integerSetting({ min: 0, max: 3_600, default: 60 }),
  })
  .refine((settings) => settings.TOPIC_MIN_INSYNC_REPLICAS <= settings.TOPIC_REPLICATION_FACTOR, {
    path: ['TOPIC_MIN_INSYNC_REPLICAS'],
    message: 'must not exceed TOPIC_REPLICATION_FACTOR, or nothing could ever be written',
  });
export type MigrateSettings = Readonly<z.infer<typeof MigrateSettings>>;
