// `npm run check`: every static check, all of them even when one fails, so that one run tells everything.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
if (!existsSync(bin)) {
  console.error('check: nothing is installed here; run `npm ci` first.');
  process.exit(1);
}
// The node of the workspace comes first: the tools need 24, whatever the system has.
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };

/** A boundary check over nothing is green as well: below this many modules it has not looked. */
const MIN_CRUISED_MODULES = 100;

const steps = [
  { name: 'format', run: () => tool('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'types', run: () => tool('tsc', '-b') },
  // After the types: type-aware rules read the libraries' built declarations.
  {
    name: 'lint',
    run: () => tool('oxlint', '--type-aware', '--deny-warnings', '-c', '.oxlintrc.json', '.'),
  },
  { name: 'types of tests', run: () => tool('tsc', '-p', 'tsconfig.spec.json') },
  { name: 'boundaries', run: boundaries },
  { name: 'dead code', run: () => tool('knip') },
];

const failed = [];
for (const { name, run } of steps) {
  const startedAt = performance.now();
  const passed = run();
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`check: ${name}: ${passed ? 'passed' : 'FAILED'} (${seconds} s)`);
  if (!passed) failed.push(name);
}
if (failed.length > 0) {
  console.error(`check: failed: ${failed.join(', ')}`);
  process.exit(1);
}

function tool(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (error) console.error(`check: ${command}: ${error.message}`);
  return status === 0;
}

function boundaries() {
  const rules = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  const { stdout, stderr, error } = spawnSync('depcruise', [...rules, 'apps', 'libs', 'tests'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error || stdout === '') {
    console.error(`check: depcruise: ${error?.message ?? stderr}`);
    return false;
  }
  const { summary } = JSON.parse(stdout);
  for (const { rule, from, to } of summary.violations)
    console.error(`${rule.name}: ${from} -> ${to}`);
  console.log(`check: boundaries: ${summary.totalCruised} modules read`);
  if (summary.totalCruised >= MIN_CRUISED_MODULES) return summary.violations.length === 0;
  console.error(
    `check: fewer than ${MIN_CRUISED_MODULES} modules: the check does not see the tree`,
  );
  return false;
}
