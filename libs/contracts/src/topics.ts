const DAY_MS = 24 * 60 * 60 * 1_000;
const MIB = 1024 * 1024;

/** Settings of a topic, without the replication that the deployment decides. */
export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

export const TOPIC = {
  raw: 'articles.raw',
  parsed: 'articles.parsed',
  indexed: 'articles.indexed',
  trail: 'articles.trail',
} as const;

export const CONSUMER_GROUP = {
  parser: 'parser',
  indexer: 'indexer',
  indexerTrail: 'indexer-trail',
} as const;

/** Where a group puts the records of a topic that it cannot process. */
export function deadLetterTopic(topic: string, group: string): string {
  return `${topic}.${group}.dlq`;
}

/** Dead letters of the pipeline, in the order in which an article meets the groups. */
export const DEAD_LETTER_TOPICS = [
  deadLetterTopic(TOPIC.raw, CONSUMER_GROUP.parser),
  deadLetterTopic(TOPIC.parsed, CONSUMER_GROUP.indexer),
  deadLetterTopic(TOPIC.trail, CONSUMER_GROUP.indexerTrail),
] as const;

function topic(
  name: string,
  partitions: number,
  retentionDays: number,
  maxMessageBytes: number,
  more: Readonly<Record<string, string>> = {},
): TopicSpec {
  return {
    name,
    partitions,
    config: {
      'cleanup.policy': 'delete',
      'retention.ms': String(retentionDays * DAY_MS),
      'max.message.bytes': String(maxMessageBytes),
      ...more,
    },
  };
}

/** Every topic of the system; `migrate` creates them and reports drift. */
export const TOPICS: readonly TopicSpec[] = [
  topic(TOPIC.raw, 12, 7, 12 * MIB, { 'message.timestamp.type': 'LogAppendTime' }),
  topic(TOPIC.parsed, 12, 14, 12 * MIB),
  topic(TOPIC.indexed, 12, 7, MIB),
  topic(TOPIC.trail, 6, 7, MIB),
  ...DEAD_LETTER_TOPICS.map((name) => topic(name, 3, 30, 16 * MIB)),
];
