import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerNotStarted } from './embedded-servers.errors.ts';
import { lastWords } from './last-words.ts';
import { removePidFile, type ServerRecord, stopLeftover, writePidFile } from './leftover.ts';
import { endProcess } from './process-identity.ts';

/** How one server program is run, recognised, asked whether it is ready, and stopped. */
export interface ServerProgram extends ServerRecord {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Account to run as; absent means the account of this process. */
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Takes everything the program prints. */
  readonly outputFile: string;
  readonly isReady: (pid: number) => Promise<boolean>;
  /** How long it may outlive a killed starter, so that what depends on it can finish first. */
  readonly orphanGraceSeconds: number;
}

/** A server that runs on this machine. Between stop or kill and start it keeps its ports and its data. */
export interface EmbeddedServer {
  /** Starts it again. */
  start(): Promise<void>;
  /** Ends it in an orderly way, by force after 20 s. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** For servers whose clients were started by the same process and end with it. */
export const ORPHAN_GRACE_SECONDS = 5;

const READY_TIMEOUT_MS = 90_000;
const POLL_MS = 50;
const MAX_OUTPUT_BYTES = 10 * 1024 * 1024;

export class ServerProcess implements EmbeddedServer {
  private child: ChildProcess | null = null;
  private isReady = false;
  private readonly program: ServerProgram;
  private readonly onDeath: (reason: string) => void;

  /** `onDeath` hears when it ends after it was ready although nobody asked for that. */
  constructor(program: ServerProgram, onDeath: (reason: string) => void) {
    this.program = program;
    this.onDeath = onDeath;
  }

  /** Null while it does not run. */
  get processId(): number | null {
    return this.child?.pid ?? null;
  }

  async start(): Promise<void> {
    if (this.child !== null) return;
    this.isReady = false;
    await stopLeftover(this.program);
    const outputStart = prepareOutput(this.program.outputFile);
    const child = launch(this.program);
    this.child = child;
    const pid = child.pid;
    if (pid === undefined) {
      this.child = null;
      throw await spawnFailure(this.program, child);
    }
    writePidFile(this.program, pid);
    const watcher = stopWithThisProcess(pid, this.program);
    child.once('exit', (code, signal) => {
      watcher.kill();
      removePidFile(this.program);
      if (this.child !== child || !this.isReady) return;
      this.child = null;
      this.onDeath(`${this.program.name} ended by itself (${signal ?? `exit code ${code}`})`);
    });
    await this.becomeReady(child, pid, outputStart);
  }

  async stop(): Promise<void> {
    await this.end(this.program.stopSignal);
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async becomeReady(child: ChildProcess, pid: number, outputStart: number): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (isRunning(child) && Date.now() < deadline) {
      if ((await this.program.isReady(pid)) && isRunning(child)) {
        this.isReady = true;
        return;
      }
      await delay(POLL_MS);
    }
    const happened = isRunning(child) ? 'did not become ready' : 'ended while starting';
    await this.stop();
    throw notReady(this.program, happened, outputStart);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child?.pid === undefined) return;
    const exited = isRunning(child) ? once(child, 'exit') : null;
    await endProcess(child.pid, signal);
    // Node learns of the end a little later than the system does, and only then is the watcher sent away.
    await exited;
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function launch(program: ServerProgram): ChildProcess {
  const output = openSync(program.outputFile, 'a');
  try {
    return spawn(program.file, program.args, {
      cwd: program.directory,
      env: program.environment,
      // Its own process group: Ctrl-C in a terminal must reach the starter alone, which stops things in order.
      detached: true,
      stdio: ['ignore', output, output],
      ...program.account,
    });
  } finally {
    closeSync(output);
  }
}

/** Puts a file aside that has grown large, and returns where in the file the next output will begin. */
function prepareOutput(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= MAX_OUTPUT_BYTES) return size;
  renameSync(file, `${file}.1`);
  return 0;
}

/**
 * A shell that waits for the end of this process, however it comes (its pipe closes then), and stops the server.
 */
function stopWithThisProcess(
  pid: number,
  { stopSignal, orphanGraceSeconds }: ServerProgram,
): ChildProcess {
  const script = 'read -r _; sleep "$1"; kill -s "$2" "$3"';
  const parameters = [String(orphanGraceSeconds), stopSignal.replace('SIG', ''), String(pid)];
  const args = ['-c', script, 'broadsheet-watch', ...parameters];
  const watcher = spawn('/bin/sh', args, {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  // A pipe would keep the event loop alive, and it breaks when the shell goes first.
  watcher.stdin.on('error', () => undefined);
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
  return watcher;
}

function spawnFailure(program: ServerProgram, child: ChildProcess): Promise<Error> {
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve(notReady(program, `could not be run (${error.message})`)),
    );
  });
}

function notReady(program: ServerProgram, happened: string, outputStart = 0): ServerNotStarted {
  const reason = lastWords(readFrom(program.outputFile, outputStart));
  return new ServerNotStarted(
    'SERVER_NOT_READY',
    `${program.name} ${happened}${reason && ` (${reason})`}: see ${program.outputFile} and the logs beside it.`,
  );
}

function readFrom(file: string, start: number): string {
  try {
    return readFileSync(file).subarray(start).toString('utf8');
  } catch {
    return '';
  }
}
