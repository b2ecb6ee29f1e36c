import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asPage, corpus } from './corpus.ts';
import { describeMachine, formatTable } from './machine.ts';
import { type LabelledPages, loadLabelledPages } from './parser/labelled-pages.ts';
import {
  type ExtractionFigures,
  measure,
  type MutatedFigures,
  type PoolFigures,
} from './parser/measurement.ts';
import { writePages } from './parser/page-folder.ts';

/** Rounds over the labelled pages before the clock starts. */
const WARM_UP_ROUNDS = Number(process.env['BENCH_WARM_UP_ROUNDS'] ?? 3);
const POOL_PAGES = Number(process.env['BENCH_POOL_PAGES'] ?? 5_000);
const POOL_ROUNDS = Number(process.env['BENCH_POOL_ROUNDS'] ?? 5);
const MEMORY_PAGES = Number(process.env['BENCH_MEMORY_PAGES'] ?? 100_000);
const MUTATED_PAGES = Number(process.env['BENCH_MUTATED_PAGES'] ?? 10_000);
const MUTATED_SEED = Number(process.env['BENCH_MUTATED_SEED'] ?? 1);
const NEWS_PAGES = 400;
const NEWS_PAGE_BYTES = 174_000;
const TEXT_BYTES = 4_000;
/** Of a library that takes a hundred times as long to warm up in page numbers as in time. */
const READABILITY_WARM_UP_PAGES = 100;
const LONGEST_MS = 3_600_000;

const speed: string[][] = [
  'pages|extractor|pages/s|pages/CPU s|p50 ms|p99 ms|max ms|peak RSS MB|F1|word F1'.split('|'),
];
const pools: string[][] = [
  'workers|pages/s|pages/CPU s|main CPU ms/page|peak RSS MB|failed'.split('|'),
];
const memory: string[][] = [['pages parsed', 'RSS MB, two workers']];
const mutated: string[][] = [
  'damaged pages|refused|slowest, CPU ms|its bytes|MB/CPU s|peak RSS MB'.split('|'),
];
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'));
const newsFolder = join(folder, 'news');
const labelledFolder = join(folder, 'labelled');
let labelled: LabelledPages | null;

beforeAll(async () => {
  const articles = corpus(4, TEXT_BYTES);
  writePages(newsFolder, newsPages(articles));
  labelled = await loadLabelledPages();
  if (labelled === null) process.stderr.write('SKIPPED: no labelled pages in ../shared\n');
  else writePages(labelledFolder, labelled.pages);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  const tables = [speed, pools, memory, mutated].filter((rows) => rows.length > 1).map(formatTable);
  console.log(`\n${[describeMachine(), ...tables].join('\n\n')}\n`);
});

function* newsPages(articles: ReturnType<typeof corpus>) {
  for (let n = 0; n < NEWS_PAGES; n += 1) {
    const url = `https://bench.example.org/page/${n}`;
    yield { url, html: asPage(articles.next().value, url, NEWS_PAGE_BYTES) };
  }
}

async function compare(set: string, pagesFolder: string, pages: number): Promise<void> {
  const warmUps = [
    ['broadsheet', WARM_UP_ROUNDS * pages],
    ['readability', READABILITY_WARM_UP_PAGES],
  ] as const;
  for (const [extractor, warmUpPages] of warmUps) {
    const task = { folder: pagesFolder, extractor, warmUpPages };
    const figures = await measure<ExtractionFigures>('extraction.measure.mjs', task);
    expect(figures.texts).toHaveLength(pages);
    const scores = pagesFolder === labelledFolder ? labelled?.score(figures.texts) : undefined;
    const f1 = scores?.map((score) => score.toFixed(3)) ?? ['-', '-'];
    speed.push([set, extractor, ...figuresOf(figures), ...f1]);
  }
}

function figuresOf(figures: ExtractionFigures): string[] {
  const { pagesPerSecond, pagesPerCpuSecond, p50Ms, p99Ms, maxMs, peakResidentMb } = figures;
  return [
    pagesPerSecond.toFixed(0),
    pagesPerCpuSecond.toFixed(0),
    ...[p50Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1)),
    peakResidentMb.toFixed(0),
  ];
}

it(
  'extraction of labelled pages, one thread',
  async ({ skip }) => {
    if (labelled === null) return skip('no labelled pages');
    await compare('wcxb', labelledFolder, labelled.pages.length);
  },
  LONGEST_MS,
);

it(
  'extraction of news pages, one thread',
  () => compare('news', newsFolder, NEWS_PAGES),
  LONGEST_MS,
);

it(
  'the pool with one worker and with two',
  async () => {
    // In turns, as a shared machine may be half as fast a minute later.
    const rounds: { one: PoolFigures; two: PoolFigures }[] = [];
    for (let round = 0; round < POOL_ROUNDS; round += 1)
      rounds.push({ one: await measurePool(1), two: await measurePool(2) });
    pools.push(poolRow('1', median(rounds, ({ one }) => one.pagesPerSecond).one));
    pools.push(poolRow('2', median(rounds, ({ two }) => two.pagesPerSecond).two));
    const ratioOf = ({ one, two }: (typeof rounds)[number]) =>
      two.pagesPerSecond / one.pagesPerSecond;
    const ratios = rounds.map((round) => ratioOf(round).toFixed(2)).toSorted();
    const ratio = ratioOf(median(rounds, ratioOf)).toFixed(2);
    pools.push(['two to one', `${ratio} (${ratios.join(', ')})`, '', '', '', '']);
  },
  LONGEST_MS,
);

function measurePool(workers: number): Promise<PoolFigures> {
  const warmUpPages = workers * WARM_UP_ROUNDS * NEWS_PAGES;
  const task = { folder: newsFolder, workers, pages: POOL_PAGES, memoryAt: [], warmUpPages };
  return measure<PoolFigures>('pool.measure.mjs', task);
}

function poolRow(workers: string, figures: PoolFigures): string[] {
  const { pagesPerSecond, pagesPerCpuSecond, mainCpuMs, peakResidentMb, failed } = figures;
  return [
    workers,
    ...[pagesPerSecond, pagesPerCpuSecond].map((rate) => rate.toFixed(0)),
    mainCpuMs.toFixed(2),
    ...[peakResidentMb, failed].map((figure) => figure.toFixed(0)),
  ];
}

function median<Value>(values: readonly Value[], by: (value: Value) => number): Value {
  const ordered = values.toSorted((one, other) => by(one) - by(other));
  return ordered[Math.floor(ordered.length / 2)]!;
}

it(
  'memory of the pool over many pages',
  async () => {
    const memoryAt = [0.02, 0.1, 0.25, 0.5, 0.75, 1].map((share) =>
      Math.round(MEMORY_PAGES * share),
    );
    const figures = await measure<PoolFigures>('pool.measure.mjs', {
      folder: labelled === null ? newsFolder : labelledFolder,
      workers: 2,
      pages: MEMORY_PAGES,
      warmUpPages: 0,
      memoryAt,
    });
    for (const { pages, megabytes } of figures.residentMb)
      memory.push([String(pages), megabytes.toFixed(0)]);
    memory.push(['most', figures.peakResidentMb.toFixed(0)]);
    memory.push(['failed pages', String(figures.failed)]);
  },
  LONGEST_MS,
);

it(
  'pages that were damaged',
  async () => {
    const task = { pages: MUTATED_PAGES, seed: MUTATED_SEED };
    const figures = await measure<MutatedFigures>('mutated.measure.mjs', task);
    const { rejected, slowestMs, slowestBytes, megabytesPerCpuSecond, peakResidentMb } = figures;
    mutated.push([
      `${MUTATED_PAGES}, seed ${MUTATED_SEED}`,
      String(rejected),
      slowestMs.toFixed(0),
      String(slowestBytes),
      megabytesPerCpuSecond.toFixed(0),
      peakResidentMb.toFixed(0),
    ]);
    expect(figures.slowestMs).toBeGreaterThan(0);
  },
  LONGEST_MS,
);
