// `npm test`: every check and every kind of test, one after the other, whatever fails on the way.
// The last line is `N passed, N failed[, N skipped]`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STEP_TIMEOUT_MS = 8 * 60_000;
const REPORTS = mkdtempSync(join(tmpdir(), 'broadsheet-reports-'));

const STEPS = [
  { name: 'check', args: ['tools/check.mjs'] },
  { name: 'patterns', args: ['tools/check-patterns.mjs'] },
  { name: 'build', args: ['node_modules/.bin/tsc', '-b'] },
  { name: 'unit', projects: ['unit', 'architecture'] },
  { name: 'int', projects: ['int'] },
  { name: 'pipeline', projects: ['pipeline'] },
  { name: 'contract', projects: ['contract'] },
  { name: 'chaos', projects: ['chaos'] },
  { name: 'conformance', projects: ['conformance'] },
  { name: 'compose', projects: ['compose'] },
];

const NOTHING_RUN = { passed: 0, failed: 0, skipped: 0, failures: [] };
/** The first lines of an error tell what it is about. */
const MAX_ERROR_LINES = 6;

async function runStep(step) {
  console.log(`\n=== ${step.name} ===`);
  const started = Date.now();
  const report = join(REPORTS, `${step.name}.json`);
  const exitCode = await runNode(step.projects ? vitestArgs(step.projects, report) : step.args);
  const counts = step.projects ? readReport(report) : NOTHING_RUN;
  // A step can fail without a failed test: a check, a set-up, a file that does not load, no file at all.
  const failed = exitCode !== 0 && counts.failed === 0 ? 1 : counts.failed;
  return { ...counts, failed, name: step.name, seconds: (Date.now() - started) / 1_000 };
}

function vitestArgs(projects, report) {
  return [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
}

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: report.testResults.flatMap(failuresOf),
    };
  } catch {
    return { ...NOTHING_RUN, failed: 1 };
  }
}

/** One text for each failed test of a file, or one for a file that did not load. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(ROOT, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${file}\n${opening(message)}`] : [];
  return failed.map(
    (test) => `${file} > ${test.fullName}\n${opening(test.failureMessages.join('\n'))}`,
  );
}

function opening(message) {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, MAX_ERROR_LINES);
  return lines.map((line) => `     ${line}`).join('\n');
}

/** Resolves with the exit code; what does not end in time is killed and has failed. */
function runNode(args) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  const stop = () => child.kill('SIGTERM');
  const timer = setTimeout(() => {
    console.error(`No end after ${STEP_TIMEOUT_MS / 60_000} minutes: stopped.`);
    child.kill('SIGKILL');
  }, STEP_TIMEOUT_MS);
  process.on('disconnect', stop);
  return new Promise((resolve) => {
    const finish = (code) => {
      clearTimeout(timer);
      process.off('disconnect', stop);
      resolve(code);
    };
    child.once('error', () => finish(1));
    child.once('exit', (code) => finish(code ?? 1));
  });
}

function describe({ name, passed, failed, skipped, seconds }) {
  const verdict = failed === 0 ? 'ok  ' : 'FAIL';
  const tests =
    passed + failed + skipped === 0 ? '' : `  ${summarise({ passed, failed, skipped })}`;
  return `${verdict} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s${tests}`;
}

function summarise({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

let isInterrupted = false;
for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) {
  process.on(event, () => {
    isInterrupted = true;
  });
}

const results = [];
for (const step of STEPS) {
  if (!isInterrupted) results.push(await runStep(step));
}
rmSync(REPORTS, { recursive: true, force: true });

const total = { passed: 0, failed: 0, skipped: 0 };
for (const result of results) {
  for (const key of Object.keys(total)) total[key] += result[key];
}
if (isInterrupted) total.failed += 1;
// Said again at the end, which is all that is kept of a long log.
const failures = results.flatMap((result) => result.failures);
if (failures.length > 0) console.log(`\n=== failed ===\n\n${failures.join('\n\n')}`);
console.log(`\n${results.map(describe).join('\n')}\n`);
console.log(summarise(total));
// By hand: listening for the launcher's end keeps a process alive.
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
