import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const HERE = import.meta.dirname;
const SCORER = join(HERE, '../../../shared/extraction/score.mjs');
const ADAPTER = join(HERE, 'extraction.adapter.mjs');
/** Pages spread evenly over a set, always the same ones; `npm run score` takes all of them. */
const PAGES = '200';

/** Gates stand a little below what is reached on these pages. */
const GATES = [
  ['wcxb-dev', { f1: 0.952, wordF1: 0.959, title: 0.835, author: 0.755, date: 0.835 }],
  ['trafilatura', { snippetF: 0.902, title: 0.785, author: 0.67, date: 0.82 }],
  ['htmldate', { date: 0.87 }],
] as const;

const isDataThere = existsSync(SCORER);
if (!isDataThere) process.stderr.write(`SKIPPED: no labelled pages at ${SCORER}\n`);

describe.skipIf(!isDataThere)('the extractor on labelled pages', () => {
  it.each(GATES)('stays above its gates on %s', (set, gates) => {
    const min = Object.entries(gates).map(([figure, bound]) => `${figure}=${bound}`);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--conditions=@broadsheet/source',
        SCORER,
        `--set=${set}`,
        `--adapter=${ADAPTER}`,
        `--limit=${PAGES}`,
        '--worst=0',
        `--min=${min.join(',')}`,
        '--max=errors=0',
      ],
      { encoding: 'utf8' },
    );
    expect(status, `${stdout}\n${stderr}`).toBe(0);
  });
});
