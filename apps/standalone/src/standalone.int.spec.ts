import { findFreePort } from '@broadsheet/embedded-servers';
import { waitFor } from '@broadsheet/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CHECKOUT = join(import.meta.dirname, '../../..');
const MAIN = join(CHECKOUT, 'apps/standalone/dist/main.js');
const JARS = join(process.env['BROADSHEET_HOME'] ?? join(CHECKOUT, '.broadsheet'), 'jars');
const ARTICLE = `Saturday, May 9, 2026

Night ferry sails again

HARLOCK: The night ferry left the quay on Saturday with every cabin taken.

It had been laid up for three years, and the town came down with brass bands to see it off.
`;

interface Launcher {
  readonly process: ChildProcess;
  output(): string;
}

/** The compiled launcher, as `npm start` runs it; the steps depend on each other. */
describe('the launcher', { timeout: 180_000 }, () => {
  let scratch: string;
  let home: string;
  let environment: NodeJS.ProcessEnv;
  let gateway: string;
  const launchers: Launcher[] = [];

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'broadsheet-standalone-'));
    chmodSync(scratch, 0o711);
    home = join(scratch, 'a home');
    mkdirSync(home);
    if (existsSync(JARS)) symlinkSync(JARS, join(home, 'jars'));
    const [http, kafka, postgres] = await Promise.all([
      findFreePort(),
      findFreePort(),
      findFreePort(),
    ]);
    gateway = `http://localhost:${http}`;
    environment = {
      ...process.env,
      BROADSHEET_HOME: home,
      HTTP_PORT: String(http),
      KAFKA_PORT: String(kafka),
      POSTGRES_PORT: String(postgres),
      KAFKA_BROKERS: '',
      DATABASE_URL: '',
    };
  });

  afterAll(async () => {
    const last = launchers.at(-1);
    if (last && last.process.exitCode === null) await endBy(last, 'SIGTERM');
    rmSync(scratch, { recursive: true, force: true });
  });

  function launch(): Launcher {
    const child = spawn(process.execPath, [MAIN], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    const launcher = { process: child, output: () => output };
    launchers.push(launcher);
    return launcher;
  }

  function ready(launcher: Launcher): Promise<true> {
    return waitFor(
      () => {
        if (launcher.process.exitCode === null) return launcher.output().includes('is ready');
        throw new Error(launcher.output());
      },
      { timeoutMs: 90_000, what: 'the launcher to be ready' },
    );
  }

  async function endBy(
    { process: child }: Launcher,
    signal: NodeJS.Signals,
  ): Promise<number | null> {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
    return child.exitCode;
  }

  function pidOf(file: string): number {
    return (JSON.parse(readFileSync(join(home, file), 'utf8')) as { pid: number }).pid;
  }

  function allPids(): number[] {
    const services = ['parser', 'indexer', 'fetcher', 'gateway'].map((app) => `run/${app}.pid`);
    return [...services, 'kafka/kafka.pid', 'postgres/postgres.pid'].map(pidOf);
  }

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  async function search(words: string): Promise<number> {
    const query = new URLSearchParams({ q: words }).toString();
    const answer = await fetch(`${gateway}/api/v1/articles?${query}`);
    return ((await answer.json()) as { items: unknown[] }).items.length;
  }

  it('starts everything, and leaves no process behind when it is told to stop', async () => {
    const launcher = launch();
    await ready(launcher);
    const headers = { 'content-type': 'text/plain' };
    const pushed = await fetch(`${gateway}/api/v1/articles`, {
      method: 'POST',
      headers,
      body: ARTICLE,
    });
    expect(pushed.status).toBe(202);
    await waitFor(() => search('brass bands'), { timeoutMs: 20_000 });
    const pids = allPids();
    expect(pids.map(isAlive)).toEqual(pids.map(() => true));
    expect(await endBy(launcher, 'SIGINT')).toBe(0);
    expect(pids.map(isAlive)).toEqual(pids.map(() => false));
  });

  it('starts a service again that dies, and says so', async () => {
    const launcher = launch();
    await ready(launcher);
    const before = pidOf('run/parser.pid');
    process.kill(before, 'SIGKILL');
    await waitFor(() => launcher.output().includes('parser runs again.'), { timeoutMs: 60_000 });
    expect(launcher.output()).toContain(
      'parser ended by itself (SIGKILL); starting it again in 1 s.',
    );
    expect(pidOf('run/parser.pid')).not.toBe(before);
  });

  it('refuses to run twice in one folder', async () => {
    const second = launch();
    launchers.pop();
    await once(second.process, 'exit');
    expect(second.process.exitCode).toBe(1);
    expect(second.output()).toMatch(
      /^\w+ already runs in .*, started by process \d+: stop that one first/,
    );
  });

  it('starts again at once after it was killed, with everything that was stored', async () => {
    const killed = launchers.at(-1);
    expect(killed).toBeDefined();
    const pids = allPids();
    if (killed) await endBy(killed, 'SIGKILL');
    await ready(launch());
    expect(pids.map(isAlive)).toEqual(pids.map(() => false));
    expect(await search('brass bands')).toBe(1);
  });
});
