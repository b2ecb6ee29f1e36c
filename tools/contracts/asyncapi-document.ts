import {
  CONSUMER_GROUP,
  DEAD_LETTER_TOPICS,
  TOPIC,
  TOPICS,
  type TopicSpec,
} from '@broadsheet/contracts';
import {
  OWN_MESSAGES,
  PUSHED_MESSAGES,
  rejectionCodeSchema,
  type MessageName,
} from './asyncapi-messages.ts';
import { componentSchemas, type JsonSchema } from './json-schemas.ts';

const KAFKA_BINDING = '0.5.0';
const PUSHED = Object.keys(PUSHED_MESSAGES) as MessageName[];

interface Channel {
  readonly id: string;
  readonly topic: string;
  readonly description: string;
  readonly messages: readonly MessageName[];
}

const CHANNELS: readonly Channel[] = [
  {
    id: 'articlesRaw',
    topic: TOPIC.raw,
    description: 'Pushed articles, in any of five ways. Key and partition are not relied upon.',
    messages: PUSHED,
  },
  {
    id: 'articlesParsed',
    topic: TOPIC.parsed,
    description: 'Normalised articles.',
    messages: ['ParsedArticle'],
  },
  {
    id: 'articlesIndexed',
    topic: TOPIC.indexed,
    description: 'What each arrival meant for the stored article, after it was stored.',
    messages: ['ArticleIndexed'],
  },
  {
    id: 'articlesTrail',
    topic: TOPIC.trail,
    description: 'Every step of every article.',
    messages: ['TrailEvent'],
  },
  ...DEAD_LETTER_TOPICS.map((topic) => ({
    id: channelIdOf(topic),
    topic,
    description: 'Records that their group could not process, with the reasons in headers.',
    messages: ['DeadLetter' as const],
  })),
];

interface Operation {
  readonly action: 'send' | 'receive';
  readonly topic: string;
  readonly service: string;
  readonly groupId?: string;
}

const [rawLetters, parsedLetters, trailLetters] = DEAD_LETTER_TOPICS;
const { parser, indexer, indexerTrail } = CONSUMER_GROUP;

const OPERATIONS: readonly Operation[] = [
  { action: 'send', topic: TOPIC.raw, service: 'gateway' },
  { action: 'send', topic: TOPIC.raw, service: 'fetcher' },
  { action: 'receive', topic: TOPIC.raw, service: 'parser', groupId: parser },
  { action: 'send', topic: TOPIC.parsed, service: 'parser' },
  { action: 'send', topic: rawLetters, service: 'parser' },
  { action: 'receive', topic: TOPIC.parsed, service: 'indexer', groupId: indexer },
  { action: 'send', topic: TOPIC.indexed, service: 'indexer' },
  { action: 'send', topic: parsedLetters, service: 'indexer' },
  { action: 'send', topic: TOPIC.trail, service: 'gateway' },
  { action: 'send', topic: TOPIC.trail, service: 'fetcher' },
  { action: 'send', topic: TOPIC.trail, service: 'parser' },
  { action: 'receive', topic: TOPIC.trail, service: 'indexer', groupId: indexerTrail },
  { action: 'send', topic: trailLetters, service: 'indexer' },
  ...DEAD_LETTER_TOPICS.map((topic) => ({
    action: 'receive' as const,
    topic,
    service: 'indexer',
    groupId: indexerTrail,
  })),
];

const DESCRIPTION = `Push an article onto ${TOPIC.raw}; seconds later it is normalised, de-duplicated, versioned and searchable.
What cannot be understood goes to the dead letters with a stable code, what is no article to ${TOPIC.trail} as rejected.`;

/** The whole contract on Kafka as an AsyncAPI 3.0 document. */
export function asyncApiDocument(version: string): JsonSchema {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Broadsheet',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      local: { host: 'localhost:9092', protocol: 'kafka', description: 'As `npm start` runs it.' },
    },
    channels: Object.fromEntries(CHANNELS.map((channel) => [channel.id, toChannel(channel)])),
    operations: Object.fromEntries(OPERATIONS.map(toOperation)),
    components: {
      messages: { ...PUSHED_MESSAGES, ...OWN_MESSAGES },
      schemas: { ...componentSchemas(), RejectionCode: rejectionCodeSchema },
    },
  };
}

function toChannel({ topic, description, messages }: Channel): JsonSchema {
  const spec = TOPICS.find(({ name }) => name === topic);
  if (spec === undefined) throw new Error(`no topic is called ${topic}`);
  return {
    address: topic,
    description,
    messages: Object.fromEntries(
      messages.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
    ),
    bindings: { kafka: topicBinding(spec) },
  };
}

function topicBinding({ name, partitions, config }: TopicSpec): JsonSchema {
  const settings = Object.entries(config).map(([setting, value]): [string, unknown] => {
    if (setting === 'cleanup.policy') return [setting, value.split(',')];
    return [setting, /^\d+$/.test(value) ? Number(value) : value];
  });
  return {
    topic: name,
    partitions,
    topicConfiguration: Object.fromEntries(settings),
    bindingVersion: KAFKA_BINDING,
  };
}

function toOperation({ action, topic, service, groupId }: Operation): [string, JsonSchema] {
  const channel = channelIdOf(topic);
  const verb = action === 'send' ? 'Sends' : 'Receives';
  const name = `${service}${verb}${channel.charAt(0).toUpperCase()}${channel.slice(1)}`;
  const operation = {
    action,
    channel: { $ref: `#/channels/${channel}` },
    tags: [{ name: service }],
  };
  if (groupId === undefined) return [name, operation];
  const group = { groupId: { type: 'string', enum: [groupId] }, bindingVersion: KAFKA_BINDING };
  return [name, { ...operation, bindings: { kafka: group } }];
}

/** `articles.raw.parser.dlq` → `articlesRawParserDlq`. */
function channelIdOf(topic: string): string {
  return topic.replaceAll(/[.-]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
