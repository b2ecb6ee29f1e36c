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

interface TopicShape {
  readonly partitions: number;
  readonly retentionDays: number;
  readonly maxMessageBytes: number;
}

function topic(
  name: string,
  shape: TopicShape,
  more: Readonly<Record<string, string>> = {},
): TopicSpec {
  return {
    name,
    partitions: shape.partitions,
    config: {
      'cleanup.policy': 'delete',
      'retention.ms': String(shape.retentionDays * DAY_MS),
      'max.message.bytes': String(shape.maxMessageBytes),
      ...more,
    },
  };
}

// An article of the largest size fits with its headers and, as JSON, with its escapes.
const articleBytes = 12 * MIB;
// A dead letter is its source record with more headers: it must not outgrow its topic.
const deadLetterShape: TopicShape = {
  partitions: 3,
  retentionDays: 30,
  maxMessageBytes: 16 * MIB,
};

/** Every topic of the system; `migrate` creates them and reports drift. */
export const TOPICS: readonly TopicSpec[] = [
  topic(
    TOPIC.raw,
    { partitions: 12, retentionDays: 7, maxMessageBytes: articleBytes },
    // The append time is half of an article's version, so no producer may set it.
    { 'message.timestamp.type': 'LogAppendTime' },
  ),
  topic(TOPIC.parsed, { partitions: 12, retentionDays: 14, maxMessageBytes: articleBytes }),
  topic(TOPIC.indexed, { partitions: 12, retentionDays: 7, maxMessageBytes: MIB }),
  topic(TOPIC.trail, { partitions: 6, retentionDays: 7, maxMessageBytes: MIB }),
  ...DEAD_LETTER_TOPICS.map((name) => topic(name, deadLetterShape)),
];
