// Damaged pages one after the other on one thread: processor time of the slowest, and memory.
import { normaliseArticle } from '@broadsheet/extraction';
import fc from 'fast-check';
import { mutatedPages } from '../../conformance/mutated-pages.ts';
import { residentMb } from './resident-memory.mjs';

const { pages, seed } = JSON.parse(process.argv[2]);
const FETCHED_AT = '2027-01-01T00:00:00Z';
const BATCH = 500;
let slowestMs = 0;
let slowestBytes = 0;
let megabytes = 0;
let rejected = 0;
let cpuSeconds = 0;

for (let done = 0; done < pages; done += BATCH) {
  const batch = fc.sample(mutatedPages, {
    numRuns: Math.min(BATCH, pages - done),
    seed: seed + done,
  });
  for (const page of batch) read(page());
}
const figures = {
  pages,
  rejected,
  slowestMs,
  slowestBytes,
  megabytesPerCpuSecond: megabytes / cpuSeconds,
  peakResidentMb: residentMb('VmHWM'),
};
process.stdout.write(JSON.stringify(figures));

function read(body) {
  const input = { url: null, body, mediaType: 'text/html', charset: null, hints: {} };
  const before = process.cpuUsage();
  const { outcome } = normaliseArticle(input, FETCHED_AT);
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1_000;
  if (outcome.kind === 'rejected') rejected += 1;
  if (milliseconds > slowestMs) {
    slowestMs = milliseconds;
    slowestBytes = body.byteLength;
  }
  megabytes += body.byteLength / 2 ** 20;
  cpuSeconds += milliseconds / 1_000;
}
