import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ServerRecord, stopLeftover, writePidFile } from './leftover.ts';
import { processIdentity } from './process-identity.ts';

let directory: string;
let server: ReturnType<typeof spawn>;
let record: ServerRecord;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'broadsheet-leftover-'));
  server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', directory]);
  await once(server, 'spawn');
  record = {
    name: 'Kafka',
    directory,
    pidFile: join(directory, 'server.pid'),
    marker: directory,
    stopSignal: 'SIGTERM',
  };
});

afterEach(() => {
  server.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

function serverPid(): number {
  return server.pid ?? 0;
}

/** As if the process that wrote the file had been killed since. */
function forgetOwner(): void {
  const written = JSON.parse(readFileSync(record.pidFile, 'utf8')) as object;
  writeFileSync(record.pidFile, JSON.stringify({ ...written, ownerStartedAt: 'long ago' }));
}

it('stops a server whose starter is gone', async () => {
  writePidFile(record, serverPid());
  forgetOwner();
  await stopLeftover(record);
  expect(processIdentity(serverPid())).toBeNull();
  expect(existsSync(record.pidFile)).toBe(false);
});

it('refuses to stop a server whose starter is alive', async () => {
  writePidFile(record, serverPid());
  await expect(stopLeftover(record)).rejects.toMatchObject({
    code: 'ALREADY_RUNNING',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  expect(processIdentity(serverPid())).not.toBeNull();
});

it('leaves a process alone that got the pid of a server later', async () => {
  writePidFile(record, serverPid());
  forgetOwner();
  const written = JSON.parse(readFileSync(record.pidFile, 'utf8')) as object;
  writeFileSync(record.pidFile, JSON.stringify({ ...written, startedAt: 'earlier' }));
  await stopLeftover(record);
  expect(processIdentity(serverPid())).not.toBeNull();
});

it('leaves a process alone that is another program', async () => {
  writePidFile(record, serverPid());
  forgetOwner();
  await stopLeftover({ ...record, marker: 'no such command line' });
  expect(processIdentity(serverPid())).not.toBeNull();
});

it.each(['', '{', '{"pid":"1"}', '[]', 'null'])(
  'takes a pid file that holds %j for none',
  async (text) => {
    writeFileSync(record.pidFile, text);
    await expect(stopLeftover(record)).resolves.toBeUndefined();
  },
);
