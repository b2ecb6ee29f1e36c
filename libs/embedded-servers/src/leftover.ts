import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ServerNotStarted } from './embedded-servers.errors.ts';
import { endProcess, processIdentity } from './process-identity.ts';

/** Where a server is noted down, and what it is recognised by. */
export interface ServerRecord {
  readonly name: string;
  readonly directory: string;
  readonly pidFile: string;
  /** A part of its command line that no other program has. */
  readonly marker: string;
  readonly stopSignal: NodeJS.Signals;
}

interface PidRecord {
  readonly pid: number;
  readonly startedAt: string;
  readonly ownerPid: number;
  readonly ownerStartedAt: string;
}

/** A server that a pid file names and that really still runs. */
interface RunningLeftover {
  readonly pid: number;
  /** The process that started it, when that one is alive too; null when it is an orphan. */
  readonly ownerPid: number | null;
}

export function writePidFile({ pidFile }: ServerRecord, pid: number): void {
  const record: PidRecord = {
    pid,
    startedAt: processIdentity(pid)?.startedAt ?? '',
    ownerPid: process.pid,
    ownerStartedAt: processIdentity(process.pid)?.startedAt ?? '',
  };
  writeFileSync(pidFile, JSON.stringify(record));
}

export function removePidFile({ pidFile }: ServerRecord): void {
  rmSync(pidFile, { force: true });
}

/**
 * Stops what a killed starter left running. A pid is believed only when start time and command line
 * agree, so a reused pid never gets a signal. Throws ALREADY_RUNNING when the starter is alive.
 */
export async function stopLeftover(server: ServerRecord): Promise<void> {
  const leftover = findLeftover(server);
  if (leftover === null) return;
  if (leftover.ownerPid !== null) {
    throw new ServerNotStarted(
      'ALREADY_RUNNING',
      `${server.name} already runs in ${server.directory}, started by process ${leftover.ownerPid}: stop that one first, or set BROADSHEET_HOME to another folder.`,
    );
  }
  await endProcess(leftover.pid, server.stopSignal);
  removePidFile(server);
}

function findLeftover({ pidFile, marker }: ServerRecord): RunningLeftover | null {
  const record = readPidRecord(pidFile);
  if (record === null) return null;
  const identity = processIdentity(record.pid);
  if (identity?.startedAt !== record.startedAt || !identity.commandLine.includes(marker))
    return null;
  const isOwnerAlive = processIdentity(record.ownerPid)?.startedAt === record.ownerStartedAt;
  return { pid: record.pid, ownerPid: isOwnerAlive ? record.ownerPid : null };
}

function readPidRecord(file: string): PidRecord | null {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as Partial<PidRecord>;
    const { pid, startedAt, ownerPid, ownerStartedAt } = record;
    if (!Number.isInteger(pid) || !Number.isInteger(ownerPid)) return null;
    return { pid, startedAt, ownerPid, ownerStartedAt } as PidRecord;
  } catch {
    return null;
  }
}
