import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KafkaServer, startKafka } from './kafka-server.ts';
import { probeKafka } from './kafka-probe.ts';
import { findFreePort } from './ports.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { processIdentity } from './process-identity.ts';
import type { EmbeddedServer } from './server-process.ts';

const JARS = join(
  process.env['BROADSHEET_HOME'] ?? join(import.meta.dirname, '../../../.broadsheet'),
  'jars',
);

let home: string;
const running: EmbeddedServer[] = [];

beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'broadsheet-test-')), 'a folder, with: oddities ü');
  mkdirSync(home, { recursive: true });
  // As root, Postgres runs under another account, which must be able to pass through.
  chmodSync(join(home, '..'), 0o711);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  rmSync(join(home, '..'), { recursive: true, force: true });
});

async function kafka(port?: number): Promise<KafkaServer> {
  const server = await startKafka({
    directory: join(home, 'kafka'),
    jarsDirectory: JARS,
    ...(port !== undefined && { port }),
    environment: process.env,
    log: () => undefined,
  });
  running.push(server);
  return server;
}

async function postgres(port?: number): Promise<PostgresServer> {
  const server = await startPostgres({
    directory: join(home, 'postgres'),
    ...(port !== undefined && { port }),
    isDurable: false,
    log: () => undefined,
  });
  running.push(server);
  return server;
}

describe('Kafka', () => {
  it('serves again after it was stopped and after it was killed, with the same cluster', async () => {
    const port = await findFreePort();
    const server = await kafka(port);
    const before = await probeKafka(port, 2_000);
    await server.stop();
    expect(await probeKafka(port, 2_000)).toBeNull();
    await server.start();
    await server.kill();
    await server.start();
    expect(await probeKafka(port, 2_000)).toEqual(before);
  });

  it('says which port is taken and what to set', async () => {
    const port = await occupyPort();
    await expect(kafka(port)).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(
        new RegExp(`^Port ${port} .* set KAFKA_PORT to a free port\\.$`),
      ),
    });
  });

  it('refuses to share a folder with a broker that runs', async () => {
    await kafka();
    await expect(kafka()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
  });
});

describe('Postgres', () => {
  it('serves again after it was stopped and after it was killed', async () => {
    const server = await postgres();
    await server.stop();
    await server.start();
    await server.kill();
    await server.start();
    expect(server.url).toMatch(/^postgres:\/\/broadsheet:[\w-]{24}@127\.0\.0\.1:\d+\/broadsheet$/);
  });

  it('keeps its password to its own account', async () => {
    const server = await postgres();
    expect(new URL(server.url).password).toBe(readFileSync(server.passwordFile, 'utf8'));
  });

  it('says which port is taken and what to set', async () => {
    const port = await occupyPort();
    await expect(postgres(port)).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining('set POSTGRES_PORT to a free port.'),
    });
  });

  it('starts beside what a killed starter left running, and in its place', async () => {
    const starter = await startInAnotherProcess();
    starter.process.kill('SIGKILL');
    await once(starter.process, 'exit');
    await postgres();
    expect(processIdentity(starter.serverPid)).toBeNull();
  });
});

async function occupyPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push({
    start: () => Promise.resolve(),
    kill: () => Promise.resolve(),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  });
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** Starts the same Postgres as `postgres()` does, from a process that can be killed. */
async function startInAnotherProcess(): Promise<{ process: ChildProcess; serverPid: number }> {
  const script = `
    const { startPostgres } = await import(process.argv[1]);
    await startPostgres({ directory: process.argv[2], isDurable: false, log() {} });
    console.log('ready');`;
  const module = join(import.meta.dirname, 'postgres-server.ts');
  const directory = join(home, 'postgres');
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const record = JSON.parse(readFileSync(join(directory, 'postgres.pid'), 'utf8')) as {
    pid: number;
  };
  return { process: child, serverPid: record.pid };
}
