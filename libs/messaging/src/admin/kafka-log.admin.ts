import type { TopicSpec } from '@broadsheet/contracts';
import kafkajs, { type Admin } from 'kafkajs';
import type { KafkaClient } from '../client/kafka-client.ts';
import { BrokerUnavailable, toError } from '../messaging.errors.ts';
import { awaitLeaders } from './await-leaders.ts';
import { type GroupLag, type PartitionLag, measureAges } from './lag.ts';
import { type ExistingTopic, type TopicDrift, compareTopic } from './topic-drift.ts';

const CREATE_TIMEOUT_MS = 15_000;

export interface TopicReplication {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
}

/** What ensureTopics did and found. */
export interface TopicReport {
  readonly created: readonly string[];
  readonly drift: readonly TopicDrift[];
}

/** Questions to the cluster, and the one change that is allowed: creating topics. */
export class KafkaLogAdmin {
  private readonly admin: Admin;
  private connecting: Promise<void> | null = null;

  constructor(kafka: KafkaClient) {
    this.admin = kafka.admin();
  }

  /**
   * Creates the topics that are missing; reports where the others differ from their declaration and
   * leaves those alone.
   */
  async ensureTopics(
    specs: readonly TopicSpec[],
    replication: TopicReplication,
  ): Promise<TopicReport> {
    await this.connect();
    const wanted = specs.map((spec) => withReplication(spec, replication));
    const present = new Set(await this.admin.listTopics());
    const missing = wanted.filter(({ name }) => !present.has(name));
    if (missing.length > 0) {
      await this.admin.createTopics({
        waitForLeaders: false,
        timeout: CREATE_TIMEOUT_MS,
        topics: missing.map(({ name, partitions, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: replication.replicationFactor,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      });
      const topics = missing.map(({ name }) => name);
      await awaitLeaders(() => this.admin.fetchTopicMetadata({ topics }), CREATE_TIMEOUT_MS);
    }
    const existing = await this.describe(wanted.filter(({ name }) => present.has(name)));
    const drift = wanted.flatMap((spec) => {
      const topic = existing.get(spec.name);
      return topic === undefined ? [] : compareTopic(spec, topic);
    });
    return { created: missing.map(({ name }) => name), drift };
  }

  /** How far a group is behind on these topics, in records and in seconds. */
  async lag(groupId: string, topics: readonly string[]): Promise<GroupLag> {
    await this.connect();
    const committed = await this.admin.fetchOffsets({ groupId, topics: [...topics] });
    const perTopic = await Promise.all(
      committed.map(({ topic, partitions }) =>
        this.lagOfTopic(
          topic,
          new Map(partitions.map(({ partition, offset }) => [partition, BigInt(offset)])),
        ),
      ),
    );
    const partitions = perTopic.flat();
    return {
      groupId,
      records: partitions.reduce((sum, { records }) => sum + records, 0),
      seconds: Math.max(0, ...partitions.map(({ seconds }) => seconds)),
      partitions,
    };
  }

  /** Whether a broker answers within the time. */
  async isReachable(timeoutMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const answer = this.connect()
      .then(() => this.admin.describeCluster())
      .then(
        () => true,
        () => false,
      );
    const isReachable = await Promise.race([answer, timeout]);
    clearTimeout(timer);
    return isReachable;
  }

  /** The offset a group will read next, by partition; null where it has committed none. */
  async committedOffsets(
    groupId: string,
    topic: string,
  ): Promise<ReadonlyMap<number, bigint | null>> {
    await this.connect();
    const [answer] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    return new Map(
      (answer?.partitions ?? []).map(({ partition, offset }) => {
        const next = BigInt(offset);
        return [partition, next < 0n ? null : next];
      }),
    );
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  private connect(): Promise<void> {
    this.connecting ??= this.admin.connect().catch((error: unknown) => {
      this.connecting = null;
      throw new BrokerUnavailable(toError(error).message, { cause: error });
    });
    return this.connecting;
  }

  private async lagOfTopic(
    topic: string,
    committed: ReadonlyMap<number, bigint>,
  ): Promise<readonly PartitionLag[]> {
    const ends = await this.admin.fetchTopicOffsets(topic);
    const open = new Map<number, bigint>();
    const records = new Map<number, number>();
    for (const { partition, high, low } of ends) {
      const next = committed.get(partition) ?? -1n;
      // What retention has deleted is no longer behind.
      const from = next < BigInt(low) ? BigInt(low) : next;
      const count = Number(BigInt(high) - from);
      records.set(partition, Math.max(0, count));
      if (count > 0) open.set(partition, from);
    }
    const ages = await measureAges(open, (atMs) => this.offsetsAt(topic, atMs), Date.now());
    return [...records].map(([partition, count]) => ({
      topic,
      partition,
      records: count,
      seconds: ages.get(partition) ?? 0,
    }));
  }

  private async offsetsAt(topic: string, atMs: number): Promise<ReadonlyMap<number, bigint>> {
    const offsets = await this.admin.fetchTopicOffsetsByTimestamp(topic, atMs);
    return new Map(offsets.map(({ partition, offset }) => [partition, BigInt(offset)]));
  }

  private async describe(specs: readonly TopicSpec[]): Promise<ReadonlyMap<string, ExistingTopic>> {
    if (specs.length === 0) return new Map();
    const { topics } = await this.admin.fetchTopicMetadata({
      topics: specs.map(({ name }) => name),
    });
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: specs.map(({ name, config }) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configNames: Object.keys(config),
      })),
    });
    return new Map(
      topics.map(({ name, partitions }) => {
        const entries = resources.find((one) => one.resourceName === name)?.configEntries ?? [];
        const config = Object.fromEntries(
          entries.map(({ configName, configValue }) => [configName, configValue]),
        );
        return [name, { name, partitions: partitions.length, config }];
      }),
    );
  }
}

function withReplication(spec: TopicSpec, { minInsyncReplicas }: TopicReplication): TopicSpec {
  return {
    ...spec,
    config: { ...spec.config, 'min.insync.replicas': String(minInsyncReplicas) },
  };
}
