import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** Tells a process from a later one that was given the same pid. */
export interface ProcessIdentity {
  /** Ticks since boot on Linux, a date elsewhere: only good for comparing. */
  readonly startedAt: string;
  readonly commandLine: string;
}

/** Null when no such process runs; a zombie counts as gone. */
export function processIdentity(pid: number): ProcessIdentity | null {
  return existsSync('/proc/self/stat') ? identityFromProc(pid) : identityFromPs(pid);
}

function identityFromProc(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in parentheses may hold blanks; field 3 (state) follows the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0] ?? '';
    const startedAt = fields[19] ?? '';
    if (state === 'Z' || state === 'X') return null;
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { startedAt, commandLine };
  } catch {
    return null;
  }
}

function identityFromPs(pid: number): ProcessIdentity | null {
  const ps = (column: string): string =>
    execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return { startedAt: ps('lstart'), commandLine: ps('command') };
  } catch {
    return null;
  }
}

/** Signals the process, by force after 20 s, and resolves when it is gone. */
export async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  const startedAt = processIdentity(pid)?.startedAt;
  if (startedAt === undefined) return;
  sendSignal(pid, signal);
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (processIdentity(pid)?.startedAt === startedAt) {
    if (Date.now() > deadline) sendSignal(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It may end between the look and the signal.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
