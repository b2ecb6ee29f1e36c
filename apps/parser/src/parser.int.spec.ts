import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentId } from '@broadsheet/article';
import { deadLetterTopic, ParsedArticle, TOPIC, TOPICS, TrailEvent } from '@broadsheet/contracts';
import {
  type BatchHandler,
  type ConsumedRecord,
  createKafka,
  KafkaBatchStrategy,
  KafkaLogAdmin,
  KafkaLogProducer,
  type OutgoingRecord,
} from '@broadsheet/messaging';
import { testBrokers, uniqueGroup, uniqueTopic, waitFor } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ParseArticleHandler } from './parse-article/parse-article.handler.ts';
import { PagePool } from './parse-pages/page-pool.ts';

const RAW = uniqueTopic(TOPIC.raw);
const GROUP = uniqueGroup('parser');
const DEAD_LETTERS = deadLetterTopic(RAW, GROUP);
const GOOD = 300;
const silent = () => undefined;

const kafka = createKafka({ brokers: [testBrokers()], ssl: false, clientId: 'test', log: silent });
const admin = new KafkaLogAdmin(kafka);
const producer = new KafkaLogProducer({ kafka, log: silent });
const strategies: KafkaBatchStrategy[] = [];
const seen: ConsumedRecord[] = [];

async function consume(groupId: string, topics: readonly string[], handler: BatchHandler) {
  const strategy = new KafkaBatchStrategy({
    kafka,
    groupId,
    service: { name: 'test', version: '0' },
    deadLetters: producer,
    lagSource: admin,
    probeSink: () => Promise.resolve(),
    onFatal: (error) => {
      throw error;
    },
    log: silent,
  });
  for (const topic of topics) strategy.addHandler(topic, handler, true);
  strategies.push(strategy);
  await strategy.listen(silent);
}

const keep: BatchHandler = (batch) => {
  seen.push(...batch.records);
  return Promise.resolve({ failures: [] });
};

function raw(parts: Partial<OutgoingRecord>): OutgoingRecord {
  return { topic: RAW, key: null, value: null, headers: {}, ...parts };
}

function textOf(index: number): string {
  return `Monday, March 2, 2026\n\nFerry ${index} returns to the harbour\n\nNorthport: Ferry ${index} came back on Monday.\n\nPeople had waited on the quay since dawn.`;
}

const random = Buffer.from(
  Array.from({ length: 4_096 }, (_byte, index) => (index * 151 + 7) % 256),
);

/** Each with the code it ends with; the first group on the trail, the second as dead letters. */
const REJECTED: readonly (readonly [string, Partial<OutgoingRecord>])[] = [
  ['EMPTY_VALUE', { value: '' }],
  ['EMPTY_VALUE', { key: 'https://harbour.example/gone', value: null }],
  ['TOO_SHORT', { value: 'Hello' }],
  ['EMPTY_PAGE', { value: '<!doctype html><html><body><p></p></body></html>' }],
  ['URL_INVALID', { value: JSON.stringify({ url: 'ftp://harbour.example/x', content: 'x' }) }],
  ['UNSUPPORTED_TYPE', { value: 'GIF89a', headers: { 'content-type': 'image/gif' } }],
];
const FAILED: readonly (readonly [string, Partial<OutgoingRecord>])[] = [
  ['NOT_TEXT', { value: random }],
  ['NOT_TEXT', { value: 'Ferry\u0000\n\nThe ferry is back.' }],
  ['JSON_INVALID', { value: '{"content": ' }],
  ['RAW_ARTICLE_INVALID', { value: '{"headline": 1}' }],
  ['HEADER_INVALID', { value: textOf(0), headers: { url: Buffer.from([0xc3, 0x28]) } }],
  ['CLOUD_EVENT_INVALID', { value: textOf(0), headers: { ce_id: '1' } }],
  ['PARSE_TIMEOUT', { value: `<!doctype html><title>Spin</title>${'<p>The ferry'.repeat(4_000)}` }],
  ['TOO_DEEP', { value: `<html><body>${'<div>'.repeat(100_000)}` }],
];

const here = (path: string) => new URL(path, import.meta.url);
/** The worker of the parser, but for one page with which it never ends. */
const SPINNING_WORKER = `import { servePages } from '${here('./parse-pages/serve-pages.ts')}';
import { settleRecord } from '${here('./parse-article/settle-record.ts')}';
servePages((record, now) => {
  if (record.value.includes('<title>Spin</title>')) for (;;);
  return settleRecord(record, now);
});`;
let folder: string;
let pool: PagePool;

const ofThisTest = (step: TrailEvent) => step.record?.startsWith(`${RAW}/`) === true;
const on = (topic: string) => seen.filter((record) => record.topic === topic);
const json = (record: ConsumedRecord): unknown => JSON.parse(String(record.value));
const articles = () =>
  on(TOPIC.parsed)
    .map((record) => ParsedArticle.parse(json(record)))
    .filter(({ causedBy }) => causedBy.topic === RAW);
const steps = () =>
  on(TOPIC.trail)
    .map((record) => TrailEvent.parse(json(record)))
    .filter(ofThisTest);
const deadLetters = () => on(DEAD_LETTERS);
const header = (record: ConsumedRecord, name: string) => String(record.headers.get(name)?.at(-1));

beforeAll(async () => {
  const declared = TOPICS.find(({ name }) => name === TOPIC.raw);
  if (!declared) throw new Error(`${TOPIC.raw} is not declared`);
  const own = [
    { ...declared, name: RAW, partitions: 2 },
    { name: DEAD_LETTERS, partitions: 1, config: {} },
  ];
  await admin.ensureTopics([...TOPICS, ...own], { replicationFactor: 1, minInsyncReplicas: 1 });
  await consume(uniqueGroup('reader'), [TOPIC.parsed, TOPIC.trail, DEAD_LETTERS], keep);
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-parser-'));
  const workerPath = join(folder, 'spinning.worker.mjs');
  await writeFile(workerPath, SPINNING_WORKER);
  const clock = () => new Date();
  const limits = { cpuMs: 1_000, overtimeMs: 8_000 };
  pool = new PagePool({ workers: 1, clock, limits, workerUrl: pathToFileURL(workerPath) });
  const handler = new ParseArticleHandler(producer, { clock, observe: silent, heavy: pool });
  await consume(GROUP, [RAW], (batch) => handler.handle(batch));
});

afterAll(async () => {
  await Promise.all(strategies.map((strategy) => strategy.close()));
  await Promise.all([producer.close(), admin.close(), pool.close()]);
  await rm(folder, { recursive: true });
});

describe('the parser between its topics', () => {
  it('passes every good record on and gives each bad one its own code', async () => {
    const bad = [...REJECTED, ...FAILED].map(([, parts]) => parts);
    const records: OutgoingRecord[] = [];
    for (let index = 0; index < GOOD; index += 1) {
      records.push(raw({ value: textOf(index) }));
      const next = index % 20 === 0 ? bad.shift() : undefined;
      if (next) records.push(raw(next));
    }
    await producer.send(records);
    const isComplete = () =>
      articles().length >= GOOD &&
      steps().length >= GOOD + REJECTED.length &&
      deadLetters().length >= FAILED.length;
    await waitFor(isComplete, { timeoutMs: 50_000, what: 'every outcome' });

    const ids = new Set(articles().map(({ id }) => id));
    expect(ids).toEqual(
      new Set(Array.from({ length: GOOD }, (_none, index) => contentId(textOf(index)))),
    );
    const rejected = steps().filter(({ step }) => step === 'rejected');
    expect(rejected.map(({ code }) => code).sort()).toEqual(REJECTED.map(([code]) => code).sort());
    const failed = deadLetters().map((record) => header(record, 'dlq.code'));
    expect(failed.sort()).toEqual(FAILED.map(([code]) => code).sort());
  });

  it('keys the article by its id and says what caused it, with the trace', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const value = textOf(GOOD);
    const [placement] = await producer.send([raw({ value, headers: { traceparent } })]);
    const parsed = await waitFor(
      () => on(TOPIC.parsed).find((record) => record.key?.toString() === contentId(value)),
      { timeoutMs: 30_000 },
    );
    expect(header(parsed, 'traceparent')).toBe(traceparent);
    expect(header(parsed, 'ce_type')).toBe('broadsheet.article.parsed.v1');
    const { causedBy, version } = ParsedArticle.parse(json(parsed));
    expect(causedBy).toEqual({
      topic: RAW,
      partition: placement?.partition,
      offset: String(placement?.offset),
    });
    expect(version.fetchedAt).toBe(version.appendedAt);
  });
});
