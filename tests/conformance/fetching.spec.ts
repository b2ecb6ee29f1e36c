import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const HERE = import.meta.dirname;
const SCORERS = join(HERE, '../../../shared/conformance/scorers');

const isDataThere = existsSync(SCORERS);
if (!isDataThere) process.stderr.write(`SKIPPED: no conformance sets at ${SCORERS}\n`);

describe.skipIf(!isDataThere)('what the fetcher reads', () => {
  it.each(['feeds', 'robots', 'sitemaps', 'dates', 'url'])(
    'meets the targets of the %s set',
    (set) => {
      const scorer = join(SCORERS, `score-${set}.mjs`);
      const adapter = join(HERE, `${set}.adapter.mjs`);
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [scorer, '--adapter', adapter, '--min', 'target', '--fails', '10'],
        // The scorers start processes of their own, which have to resolve our libraries as well.
        {
          encoding: 'utf8',
          env: { ...process.env, NODE_OPTIONS: '--conditions=@broadsheet/source' },
        },
      );
      expect(status, `${stdout}\n${stderr}`).toBe(0);
    },
  );
});
