import { TOPICS } from '@broadsheet/contracts';
import { createKafka, KafkaLogAdmin, type TopicReport } from '@broadsheet/messaging';
import { toKafkaConnection } from '@broadsheet/platform';
import { ServerUnreachable } from './migrate.errors.ts';
import type { MigrateSettings } from './migrate.settings.ts';
import { type Waiting, waitUntil } from './wait-until.ts';

const ANSWER_TIMEOUT_MS = 5_000;

/** Waits for the broker, creates the missing topics and tells how the others differ from their declaration. */
export async function prepareTopics(
  settings: MigrateSettings,
  waiting: Waiting,
): Promise<TopicReport> {
  const kafka = createKafka({
    ...toKafkaConnection(settings),
    clientId: 'migrate',
    // Attempts that fail while a broker starts are expected; whether it came, the outcome says.
    log: () => undefined,
  });
  const admin = new KafkaLogAdmin(kafka);
  try {
    if (!(await waitUntil(() => admin.isReachable(ANSWER_TIMEOUT_MS), waiting))) {
      throw new ServerUnreachable(
        `No Kafka broker answers at ${settings.KAFKA_BROKERS.join(', ')}: start it, or correct KAFKA_BROKERS.`,
      );
    }
    return await admin.ensureTopics(TOPICS, {
      replicationFactor: settings.TOPIC_REPLICATION_FACTOR,
      minInsyncReplicas: settings.TOPIC_MIN_INSYNC_REPLICAS,
    });
  } finally {
    await admin.close();
  }
}
