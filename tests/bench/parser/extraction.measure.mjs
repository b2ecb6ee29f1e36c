// One thread over a folder of pages, as often as asked for warm-up and once by the clock.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openPages } from './stored-pages.mjs';
import { residentMb } from './resident-memory.mjs';

const { folder, extractor, warmUpPages } = JSON.parse(process.argv[2]);
const { extractText } = await import(`./${extractor}.extractor.mjs`);
const { count, page } = openPages(folder);

for (let n = 0; n < warmUpPages; n += 1) {
  extractText(page(n % count));
  await nextTurn();
}
const texts = [];
const milliseconds = [];
let cpuSeconds = 0;
for (let n = 0; n < count; n += 1) {
  const input = page(n);
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  texts.push(extractText(input));
  milliseconds.push(performance.now() - startedAt);
  const { user, system } = process.cpuUsage(cpu);
  cpuSeconds += (user + system) / 1e6;
  // Libraries that build a document free nothing until the event loop turns.
  await nextTurn();
}
milliseconds.sort((a, b) => a - b);
const at = (share) => milliseconds[Math.min(count - 1, Math.floor(count * share))];
const figures = {
  pagesPerSecond: (count * 1_000) / milliseconds.reduce((sum, ms) => sum + ms, 0),
  pagesPerCpuSecond: count / cpuSeconds,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  maxMs: at(1),
  peakResidentMb: residentMb('VmHWM'),
  texts,
};
process.stdout.write(JSON.stringify(figures));
