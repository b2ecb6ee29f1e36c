import type { ConsumerObserver, ConsumerProgress } from '@broadsheet/messaging';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

type ProgressSource = () => readonly ConsumerProgress[];

const PARTITION_LABELS = ['group', 'topic', 'partition'] as const;

/** Counts what consumers tell of, and reads their progress whenever it is scraped. */
export function observeConsumers(registry: Registry, progress: ProgressSource): ConsumerObserver {
  gaugePartitions(registry, progress);
  gaugeGroups(registry, progress);
  const registers = [registry];
  const rebalances = new Counter({
    name: 'kafka_consumer_rebalances_total',
    help: 'Times the group gave its partitions out anew.',
    labelNames: ['group'],
    registers,
  });
  const deadLetters = new Counter({
    name: 'kafka_consumer_dlq_total',
    help: 'Records put among the dead letters.',
    labelNames: [...PARTITION_LABELS, 'code'],
    registers,
  });
  const chunkSeconds = new Histogram({
    name: 'kafka_consumer_chunk_seconds',
    help: 'Time from taking a chunk of records to its commit.',
    labelNames: ['group', 'topic'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers,
  });
  return {
    onRebalanced: (group) => rebalances.inc({ group }),
    onDeadLettered: ({ groupId: group, topic, partition, code }) =>
      deadLetters.inc({ group, topic, partition, code }),
    onChunkDone: ({ groupId: group, topic, seconds }) =>
      chunkSeconds.observe({ group, topic }, seconds),
  };
}

function gaugePartitions(registry: Registry, progress: ProgressSource): void {
  const define = (name: string, help: string, read: 'lagRecords' | 'lagSeconds') => {
    new Gauge({
      name,
      help,
      labelNames: PARTITION_LABELS,
      registers: [registry],
      collect() {
        this.reset();
        for (const { groupId: group, partitions } of progress()) {
          for (const one of partitions) {
            const { topic, partition, [read]: value } = one;
            if (value !== null) this.set({ group, topic, partition }, value);
          }
        }
      },
    });
  };
  define('kafka_consumer_lag_records', 'Records behind the end.', 'lagRecords');
  define('kafka_consumer_lag_seconds', 'Age of the last record committed.', 'lagSeconds');
}

function gaugeGroups(registry: Registry, progress: ProgressSource): void {
  const define = (name: string, help: string, read: (one: ConsumerProgress) => number) => {
    new Gauge({
      name,
      help,
      labelNames: ['group'],
      registers: [registry],
      collect() {
        for (const one of progress()) this.set({ group: one.groupId }, read(one));
      },
    });
  };
  define(
    'kafka_consumer_last_progress_seconds',
    'Time since a chunk was committed, or nothing was left to do.',
    (one) => (Date.now() - one.lastProgressAtMs) / 1_000,
  );
  define(
    'kafka_consumer_paused_partitions',
    'Partitions that wait for an outage to end.',
    ({ partitions }) => partitions.filter((partition) => partition.pausedSinceMs !== null).length,
  );
}
