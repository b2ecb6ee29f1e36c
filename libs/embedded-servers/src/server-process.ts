import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerNotStarted } from './embedded-servers.errors.ts';
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

const READY_TIMEOUT_MS = 90_000;
const POLL_MS = 50;

export class ServerProcess implements EmbeddedServer {
  private child: ChildProcess | null = null;
  private readonly program: ServerProgram;
  private readonly onDeath: (reason: string) => void;

  /** `onDeath` hears of every end that nobody asked for. */
  constructor(program: ServerProgram, onDeath: (reason: string) => void) {
    this.program = program;
    this.onDeath = onDeath;
  }

  async start(): Promise<void> {
    if (this.child !== null) return;
    await stopLeftover(this.program);
    const child = launch(this.program);
    this.child = child;
    const pid = child.pid;
    if (pid === undefined) throw await spawnFailure(this.program, child);
    writePidFile(this.program, pid);
    const watcher = stopWithThisProcess(pid, this.program.stopSignal);
    child.once('exit', (code, signal) => {
      watcher.kill();
      removePidFile(this.program);
      if (this.child !== child) return;
      this.child = null;
      this.onDeath(`${this.program.name} ended by itself (${signal ?? `exit code ${code}`})`);
    });
    await this.becomeReady(child, pid);
  }

  async stop(): Promise<void> {
    await this.end(this.program.stopSignal);
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async becomeReady(child: ChildProcess, pid: number): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
      if (await this.program.isReady(pid)) return;
      await delay(POLL_MS);
    }
    const happened = child.exitCode === null ? 'did not become ready' : 'ended while starting';
    await this.stop();
    throw notReady(this.program, happened);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child?.pid === undefined) return;
    await endProcess(child.pid, signal);
  }
}

function launch(program: ServerProgram): ChildProcess {
  if (existsSync(program.outputFile)) renameSync(program.outputFile, `${program.outputFile}.1`);
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

/**
 * A shell that waits for the end of this process, however it comes (its pipe closes then), and stops the server.
 */
function stopWithThisProcess(pid: number, signal: NodeJS.Signals): ChildProcess {
  const script = 'read -r _; kill -s "$1" "$2"';
  const args = ['-c', script, 'broadsheet-watch', signal.replace('SIG', ''), String(pid)];
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

function notReady(program: ServerProgram, happened: string): ServerNotStarted {
  const said = lastLine(program.outputFile);
  return new ServerNotStarted(
    'SERVER_NOT_READY',
    `${program.name} ${happened}${said}: see ${program.outputFile} and the logs beside it.`,
  );
}

function lastLine(file: string): string {
  try {
    const line = readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)?.slice(0, 300);
    return line ? ` (${line})` : '';
  } catch {
    return '';
  }
}
