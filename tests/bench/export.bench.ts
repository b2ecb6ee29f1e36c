import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BenchGateway, startBenchGateway } from './bench-gateway.ts';
import { type BenchPostgres, startBenchPostgres } from './bench-postgres.ts';
import { loadArticles } from './load-articles.ts';
import { describeMachine, formatTable } from './machine.ts';

const ARTICLES = Number(process.env['BENCH_EXPORT_ARTICLES'] ?? 20_000);
/** As docs/operations.md has them for little memory. */
const NODE_OPTIONS = ['--max-semi-space-size=4', '--max-old-space-size=320'];
const SAMPLE_EVERY_MS = 100;
const TIMEOUT_MS = 3 * 60 * 60 * 1_000;

const table: string[][] = [
  [
    'export',
    'rows',
    'MB',
    'rows/s',
    'CPU of the gateway, µs a row',
    'idle RSS, MB',
    'peak RSS, MB',
  ],
];
let postgres: BenchPostgres;
let gateway: BenchGateway;

beforeAll(async () => {
  postgres = await startBenchPostgres();
  await loadArticles(postgres.url, ARTICLES);
  gateway = await startBenchGateway(postgres.url, NODE_OPTIONS);
}, TIMEOUT_MS);

afterAll(async () => {
  await gateway?.stop();
  await postgres?.stop();
  console.log(`\n${describeMachine()}, articles of 4 KB\n\n${formatTable(table)}\n`);
});

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

function processorMilliseconds(): number {
  const fields = readFileSync(`/proc/${gateway.pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
  return (Number(fields?.[11]) + Number(fields?.[12])) * 10;
}

function download(query: string): Promise<{ readonly lines: number; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    get(`${gateway.url}/api/v1/export${query}`, (answer) => {
      let lines = 0;
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
      });
      answer.once('end', () => resolve({ lines, bytes }));
      answer.once('error', reject);
    }).once('error', reject);
  });
}

it.each(['ndjson', 'csv'])('%s', { timeout: TIMEOUT_MS }, async (format) => {
  const idle = residentMegabytes();
  let peak = idle;
  const sampling = setInterval(() => (peak = Math.max(peak, residentMegabytes())), SAMPLE_EVERY_MS);
  const [startedAt, before] = [performance.now(), processorMilliseconds()];
  const { lines, bytes } = await download(`?format=${format}`);
  const seconds = (performance.now() - startedAt) / 1_000;
  const processor = ((processorMilliseconds() - before) * 1_000) / ARTICLES;
  clearInterval(sampling);
  const figures = [ARTICLES, bytes / 2 ** 20, ARTICLES / seconds, processor, idle, peak];
  table.push([format, ...figures.map((figure) => figure.toFixed(0))]);
  expect(lines).toBeGreaterThanOrEqual(ARTICLES);
});
