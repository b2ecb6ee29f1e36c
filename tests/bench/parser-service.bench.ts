import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CONSUMER_GROUP, TOPIC, TOPICS } from '@broadsheet/contracts';
import { findFreePort } from '@broadsheet/embedded-servers';
import { createKafka, KafkaLogAdmin } from '@broadsheet/messaging';
import {
  openRawTopic,
  type OwnKafka,
  type RawTopic,
  ServiceProcess,
  startKafka,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asPage, corpus } from './corpus.ts';
import { describeMachine, formatTable } from './machine.ts';
import { processMilliseconds } from './backend-processor.ts';

const PAGES = Number(process.env['BENCH_PAGES'] ?? 6_000);
const TEXT_BYTES = 4_000;
const PAGE_BYTES = 170_000;
const PAGES_PER_SEND = 100;
const POLL_MS = 250;
const PATIENCE_MS = 500_000;
const RSS_COLUMNS = 8;

const rows: string[][] = [['what', 'figure']];
let kafka: OwnKafka;
let raw: RawTopic;
let parser: ServiceProcess;
let logDirectory: string;
/** What there is to parse: a send that was repeated, as to a topic just created, leaves some pages twice. */
let total: number;

beforeAll(async () => {
  kafka = await startKafka();
  await createTopics(kafka.brokers);
  raw = await openRawTopic(kafka.brokers);
  await fillRawTopic();
  // A broker refuses the first question about any group while it prepares to answer such.
  const countRaw = () => raw.recordsBehind('never-read', TOPIC.raw);
  total = await waitFor(countRaw, { timeoutMs: 30_000, what: 'the count of raw records' });
  logDirectory = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'));
  parser = new ServiceProcess({
    app: 'parser',
    port: await findFreePort(),
    environment: { ...process.env, KAFKA_BROKERS: kafka.brokers, LOG_LEVEL: 'warn' },
    logFile: join(logDirectory, 'parser.log'),
  });
});

afterAll(async () => {
  await parser.stop();
  await raw.close();
  await kafka.dispose();
  rmSync(logDirectory, { recursive: true, force: true });
  console.log(`\n${describeMachine()}\n\n${formatTable(rows)}\n`);
});

async function createTopics(brokers: string): Promise<void> {
  const log = () => undefined;
  const client = createKafka({ brokers: [brokers], ssl: false, clientId: 'bench', log });
  const admin = new KafkaLogAdmin(client);
  await admin.ensureTopics(TOPICS, { replicationFactor: 1, minInsyncReplicas: 1 });
  await admin.close();
}

/** Distinct pages, made in slices: all together they would fill the memory that is measured. */
async function fillRawTopic(): Promise<void> {
  const articles = corpus(4, TEXT_BYTES);
  for (let first = 0; first < PAGES; first += PAGES_PER_SEND) {
    const count = Math.min(PAGES_PER_SEND, PAGES - first);
    const records = Array.from({ length: count }, (_, n) => {
      const url = `https://bench.example.org/page/${first + n}`;
      return { key: url, value: asPage(articles.next().value, url, PAGE_BYTES) };
    });
    await raw.pushAll(records);
  }
}

const processorSeconds = async () => {
  const broker = await processMilliseconds(kafka.processId() ?? 0);
  return { parser: parser.processorTicks / 100, broker: (broker ?? Number.NaN) / 1_000 };
};

const countParsed = () => raw.recordsBehind('never-read', TOPIC.parsed);

it(`parser Kafka to Kafka, ${PAGES} pages of 170 KB`, async () => {
  const brokerBefore = await processMilliseconds(kafka.processId() ?? 0);
  const launchedAt = performance.now();
  parser.launch();
  const residentMegabytes: number[] = [];
  let begun: { readonly atMs: number; readonly count: number } | null = null;
  let parsed = 0;
  while (parsed < total && performance.now() - launchedAt < PATIENCE_MS) {
    await delay(POLL_MS);
    parsed = await countParsed();
    if (parsed > 0) begun ??= { atMs: performance.now(), count: parsed };
    residentMegabytes.push(parser.residentBytes / 2 ** 20);
  }
  const endedAt = performance.now();
  const used = await processorSeconds();
  const brokerSeconds = used.broker - (brokerBefore ?? Number.NaN) / 1_000;
  const seconds = (endedAt - launchedAt) / 1_000;
  const steadySeconds = (endedAt - (begun?.atMs ?? launchedAt)) / 1_000;
  rows.push(
    ['pages/s from the launch of the process', (total / seconds).toFixed(0)],
    ['pages/s from its first results', ((total - (begun?.count ?? 0)) / steadySeconds).toFixed(0)],
    ['CPU of the parser, ms a page', ((1_000 * used.parser) / total).toFixed(2)],
    ['CPU of the broker, ms a page', ((1_000 * brokerSeconds) / total).toFixed(2)],
    ['pages per CPU second of the parser', (total / used.parser).toFixed(0)],
    ['RSS of the parser over time, MB', overTime(residentMegabytes)],
    ['RSS of the parser at most, MB', Math.max(...residentMegabytes).toFixed(0)],
  );
  expect(parsed).toBeGreaterThanOrEqual(total);
  expect(await raw.recordsBehind(CONSUMER_GROUP.parser, TOPIC.raw)).toBeLessThan(total);
  expect(await raw.deadLetterCount()).toBe(0);
});

function overTime(samples: readonly number[]): string {
  const step = Math.max(1, Math.ceil(samples.length / RSS_COLUMNS));
  return samples
    .filter((_, index) => index % step === step - 1)
    .map((sample) => sample.toFixed(0))
    .join(', ');
}
