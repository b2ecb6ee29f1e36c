// Runs the project's programs on any Node >= 20: installs what is missing, then hands over to the Node that
// package.json pins. Nothing here may need node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules', '.bin');
const NODE = join(BIN, 'node');
const STAMP = join(ROOT, 'node_modules', '.broadsheet-lock');
const OLDEST_NODE = 20;
const PARENT_POLL_MS = 1_000;

const benchmarks = (...files) => [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...files,
  '--project=bench',
  '--disable-console-intercept=true',
];

const COMMANDS = {
  start: { needsBuild: true, program: ['apps/standalone/dist/main.js'] },
  dev: { needsBuild: true, program: ['apps/standalone/dist/main.js'], watches: true },
  explain: { needsBuild: true, program: ['tools/explain.mjs'] },
  test: { needsBuild: false, program: ['tools/test.mjs'] },
  bench: { needsBuild: true, program: benchmarks() },
  'bench:parser': {
    needsBuild: true,
    program: benchmarks('parser.bench.ts', 'parser-service.bench.ts'),
  },
};

class LaunchFailed extends Error {}

async function main([name, ...args]) {
  const command = COMMANDS[name];
  if (command === undefined) {
    throw new LaunchFailed(`Usage: node tools/launch.mjs ${Object.keys(COMMANDS).join('|')}`);
  }
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new LaunchFailed(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer (https://nodejs.org), the rest comes by itself.`,
    );
  }
  install();
  const environment = { ...process.env, PATH: BIN + delimiter + (process.env.PATH ?? '') };
  if (command.needsBuild) build(environment);
  if (command.watches) {
    environment.BROADSHEET_WATCH = 'true';
    watchSources(environment);
  }
  process.exitCode = await run([...command.program, ...args], environment);
}

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (isInstalled(lock)) return;
  console.log('Installing packages (once, about a minute) …');
  const npm = spawnSync(
    'npm',
    ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (npm.error?.code === 'ENOENT') {
    throw new LaunchFailed(
      'There is no npm in PATH: it comes with Node (Debian/Ubuntu: apt install npm).',
    );
  }
  if (npm.status !== 0) {
    throw new LaunchFailed(
      'npm ci failed (see above): check the network and the free space, then start again.',
    );
  }
  if (!existsSync(NODE)) {
    throw new LaunchFailed(
      'The package node has not brought its binary, because npm is told to run no install scripts: run npm config delete ignore-scripts, remove node_modules, then start again.',
    );
  }
  writeFileSync(STAMP, lock);
}

/** An install by hand counts too: npm notes it in a file of its own, which is then newer than the lock. */
function isInstalled(lock) {
  if (!existsSync(NODE)) return false;
  if (existsSync(STAMP)) return readFileSync(STAMP, 'utf8') === lock;
  const installed = statSync(join(ROOT, 'node_modules', '.package-lock.json'), {
    throwIfNoEntry: false,
  });
  return (installed?.mtimeMs ?? 0) >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

function build(environment) {
  const started = Date.now();
  const { status } = spawnSync(NODE, [join(BIN, 'tsc'), '-b'], {
    cwd: ROOT,
    env: environment,
    stdio: 'inherit',
  });
  if (status !== 0) throw new LaunchFailed('The sources do not compile (see above).');
  const seconds = (Date.now() - started) / 1_000;
  if (seconds > 3) console.log(`Compiled in ${seconds.toFixed(1)} s.`);
}

function watchSources(environment) {
  const compiler = spawn(NODE, [join(BIN, 'tsc'), '-b', '--watch', '--preserveWatchOutput'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.once('exit', () => compiler.kill());
}

/** Resolves with the exit code. The channel tells the program when this process is killed. */
function run(program, environment) {
  const child = spawn(NODE, program, {
    cwd: ROOT,
    env: environment,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const stop = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const parent = stopWithNpm(() => stop('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(parent);
      resolve(signal === null ? code : 1);
    });
  });
}

/** npm passes signals on, but not when it is killed by force. */
function stopWithNpm(stop) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const before = starters();
  return setInterval(() => {
    if (starters() !== before) stop();
  }, PARENT_POLL_MS);
}

/** Our parent and, where npm put a shell in between, also npm itself. Both get new parents when theirs die. */
function starters() {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const [, command, grandparent] = /\((.*)\) \S (\d+)/s.exec(stat);
    return /^(ba|da|a)?sh$/.test(command) ? `${parent} ${grandparent}` : String(parent);
  } catch {
    return String(parent);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof LaunchFailed ? error.message : error);
  process.exitCode = 1;
}
