import type { ConsumerProgress } from '@broadsheet/messaging';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { observeConsumers } from './consumer-metrics.ts';

const partition = { topic: 'articles.raw', partition: 3, lagSeconds: 7 };

function progressWith(lagRecords: number | null, pausedSinceMs: number | null): ConsumerProgress {
  return {
    groupId: 'parser',
    state: 'running',
    lastProgressAtMs: Date.now() - 2_000,
    pausedSinceMs,
    lagRecords: lagRecords ?? 0,
    lagSeconds: 7,
    partitions: [{ ...partition, lagRecords, pausedSinceMs }],
  };
}

describe('the metrics of consumers', () => {
  it('tell lag, pauses and progress as they are when scraped', async () => {
    const registry = new Registry();
    let progress = progressWith(42, 1);
    observeConsumers(registry, () => [progress]);
    const text = await registry.metrics();
    const labels = '{group="parser",topic="articles.raw",partition="3"}';
    expect(text).toContain(`kafka_consumer_lag_records${labels} 42`);
    expect(text).toContain(`kafka_consumer_lag_seconds${labels} 7`);
    expect(text).toContain('kafka_consumer_paused_partitions{group="parser"} 1');
    expect(text).toMatch(/kafka_consumer_last_progress_seconds\{group="parser"\} 2\.\d/);
    progress = progressWith(null, null);
    expect(await registry.metrics()).not.toContain(`kafka_consumer_lag_records${labels}`);
  });

  it('count chunks, dead letters and rebalances', async () => {
    const registry = new Registry();
    const observer = observeConsumers(registry, () => []);
    const chunk = { groupId: 'parser', topic: 'articles.raw', partition: 3 };
    observer.onChunkDone?.({ ...chunk, records: 10, seconds: 0.2 });
    observer.onDeadLettered?.({ ...chunk, code: 'TOO_DEEP' });
    observer.onRebalanced?.('parser');
    const text = await registry.metrics();
    expect(text).toContain(
      'kafka_consumer_chunk_seconds_count{group="parser",topic="articles.raw"} 1',
    );
    expect(text).toContain(
      'kafka_consumer_dlq_total{group="parser",topic="articles.raw",partition="3",code="TOO_DEEP"} 1',
    );
    expect(text).toContain('kafka_consumer_rebalances_total{group="parser"} 1');
  });
});
