import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CHECKOUT = join(HERE, '../..');
const RELEASE = 'schemathesis==4.32.5';
const INSTALL_TIMEOUT_MS = 120_000;

interface Finished {
  /** Null where it did not end by itself. */
  readonly exitCode: number | null;
  readonly output: string;
}

export type Installation =
  | { readonly kind: 'installed'; readonly program: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** Schemathesis in an environment of its own beside the jars, made once. */
export async function installSchemathesis(): Promise<Installation> {
  const home = resolve(CHECKOUT, process.env['BROADSHEET_HOME'] ?? '.broadsheet');
  const directory = join(home, RELEASE.replace('==', '-'));
  const program = join(directory, 'bin', 'schemathesis');
  if (existsSync(program)) return { kind: 'installed', program };
  const made = await run('python3', ['-m', 'venv', directory], INSTALL_TIMEOUT_MS);
  if (made.exitCode !== 0) return missing(directory, 'Python 3 with venv', made.output);
  const pip = join(directory, 'bin', 'pip');
  const arguments_ = ['install', '--quiet', '--disable-pip-version-check', RELEASE];
  const fetched = await run(pip, arguments_, INSTALL_TIMEOUT_MS);
  if (fetched.exitCode !== 0) return missing(directory, `${RELEASE} of PyPI`, fetched.output);
  return { kind: 'installed', program };
}

function missing(directory: string, what: string, output: string): Installation {
  rmSync(directory, { recursive: true, force: true });
  return { kind: 'missing', reason: `there is no ${what}: ${output.trim().slice(-300)}` };
}

export interface ContractRun {
  readonly gatewayUrl: string;
  /** What the hooks replace random addresses and ids by. */
  readonly known: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Asks a running gateway what its own OpenAPI document allows, and what it does not. */
export function runSchemathesis(program: string, contract: ContractRun): Promise<Finished> {
  const config = join(HERE, 'schemathesis.toml');
  const document = `${contract.gatewayUrl}/openapi.json`;
  return run(program, ['--config-file', config, 'run', document], contract.timeoutMs, {
    SCHEMATHESIS_HOOKS: join(HERE, 'schemathesis_hooks.py'),
    PYTHONDONTWRITEBYTECODE: '1',
    ...contract.known,
  });
}

function run(
  program: string,
  arguments_: readonly string[],
  timeoutMs: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return new Promise((finish) => {
    const child = spawn(program, arguments_, {
      // Where it keeps what it found.
      cwd: tmpdir(),
      env: { ...process.env, ...environment },
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', (error) => finish({ exitCode: null, output: error.message }));
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      finish({ exitCode, output });
    });
  });
}
