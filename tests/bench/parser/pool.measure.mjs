// The pool of the parser over a folder of pages, again and again: its rate after warm-up, and its memory.
import { PagePool } from '../../../apps/parser/dist/parse-pages/page-pool.js';
import { openPages } from './stored-pages.mjs';
import { residentMb } from './resident-memory.mjs';

const { folder, workers, warmUpPages, pages, memoryAt } = JSON.parse(process.argv[2]);
const { count, page } = openPages(folder);
const pool = new PagePool({ workers, clock: () => new Date() });
const { signal } = new AbortController();
const memory = [];
let begun = 0;
let finished = 0;
let failed = 0;

await parse(warmUpPages);
const cpu = process.cpuUsage();
const mainCpu = process.threadCpuUsage();
const startedAt = performance.now();
await parse(warmUpPages + pages);
const seconds = (performance.now() - startedAt) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const main = process.threadCpuUsage(mainCpu);
const figures = {
  pagesPerSecond: pages / seconds,
  pagesPerCpuSecond: (pages * 1e6) / (user + system),
  mainCpuMs: (main.user + main.system) / 1_000 / pages,
  peakResidentMb: residentMb('VmHWM'),
  residentMb: memory,
  failed,
};
await pool.close();
process.stdout.write(JSON.stringify(figures));

/** Twice as many are on their way as there are workers, so that none waits for its next page. */
async function parse(end) {
  const next = async () => {
    while (begun < end) {
      const outcome = await pool.settle(recordOf(begun++), signal);
      if (outcome.kind === 'failed') failed += 1;
      finished += 1;
      if (memoryAt.includes(finished))
        memory.push({ pages: finished, megabytes: residentMb('VmRSS') });
    }
  };
  await Promise.all(Array.from({ length: workers * 2 }, next));
}

/** Every round over the folder has addresses and words of its own: nothing may be kept of a page. */
function recordOf(serial) {
  const round = Math.floor(serial / count);
  const tail = `<!-- ${round} --><p class="round-${round}">${serial}</p>`;
  const { url, body } = page(serial % count, tail);
  return {
    topic: 'articles.raw',
    partition: 0,
    offset: BigInt(serial),
    key: Buffer.from(`${url ?? 'https://bench.example.org/'}?round=${round}`),
    value: body,
    headers: new Map([['content-type', [Buffer.from('text/html; charset=utf-8')]]]),
    timestampMs: Date.UTC(2026, 0, 1),
  };
}
