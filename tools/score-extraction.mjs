// `npm run score`: the extractor against the labelled pages in ../shared/extraction, set by set, with the
// figures that the sets' scorer prints. `npm run score -- --set trafilatura --limit 100` scores a part.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scorer = join(root, '..', 'shared', 'extraction', 'score.mjs');
const adapter = join(root, 'tests', 'conformance', 'extraction.adapter.mjs');
const SETS = ['wcxb-dev', 'trafilatura', 'htmldate', 'mercury'];
const QUALITIES = ['f1', 'wordF1', 'snippetF', 'title', 'author', 'date'];
const SPEEDS = [
  ['pages/CPU s', 'docsPerCpuSecond', 0],
  ['p99 ms', 'p99', 1],
  ['RSS MB', 'rss', 0],
];

const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true, default: SETS },
    limit: { type: 'string' },
  },
});

if (!existsSync(scorer)) {
  console.log(`score: SKIPPED: there are no labelled pages in ${dirname(scorer)}`);
  process.exit(0);
}
const directory = mkdtempSync(join(tmpdir(), 'broadsheet-score-'));
let isFailed = false;
try {
  printRow(['set', 'pages', ...QUALITIES, ...SPEEDS.map(([title]) => title)]);
  for (const set of values.set) {
    const scored = score(set);
    if (scored === null) isFailed = true;
    else printRow(rowOf(scored));
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = isFailed ? 1 : 0;

function score(set) {
  const report = join(directory, `${set}.json`);
  const limit = values.limit === undefined ? [] : [`--limit=${values.limit}`];
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--conditions=@broadsheet/source',
      scorer,
      `--set=${set}`,
      `--adapter=${adapter}`,
      '--worst=0',
      `--json=${report}`,
      ...limit,
    ],
    { encoding: 'utf8' },
  );
  if (status === 0) return JSON.parse(readFileSync(report, 'utf8'));
  console.error(`score: ${set} was not scored: ${stderr.trim()}`);
  return null;
}

function rowOf({ set, pages, metrics }) {
  const qualities = QUALITIES.map((name) => metrics[name]?.toFixed(3) ?? '-');
  const speeds = SPEEDS.map(([, name, digits]) => metrics[name]?.toFixed(digits) ?? '-');
  return [set, String(pages), ...qualities, ...speeds];
}

function printRow(cells) {
  console.log(
    cells
      .map((cell) => cell.padEnd(12))
      .join('')
      .trimEnd(),
  );
}
