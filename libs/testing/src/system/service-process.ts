import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SERVICE_MEMORY } from '@broadsheet/embedded-servers';
import { waitFor } from '../wait-for.ts';

const APPS = fileURLToPath(new URL('../../../../apps/', import.meta.url));
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

export interface ServiceProcessOptions {
  readonly app: string;
  readonly port: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
}

/** One built service (`apps/<app>/dist/main.js`) as a child process that tests may stop, kill and start. */
export class ServiceProcess {
  private child: ChildProcess | null = null;

  constructor(private readonly options: ServiceProcessOptions) {}

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  /** Resident memory in bytes, from the kernel's own count. */
  get residentBytes(): number {
    return this.kernelNumber('status', /^VmRSS:\s+(\d+) kB$/m) * 1024;
  }

  /** Processor time used so far, user and system, in clock ticks of 10 ms. */
  get processorTicks(): number {
    const fields = readFileSync(`/proc/${this.runningPid}/stat`, 'utf8').split(') ')[1]?.split(' ');
    return Number(fields?.[11]) + Number(fields?.[12]);
  }

  async start(): Promise<void> {
    this.launch();
    await waitFor(() => this.isReady(), { timeoutMs: READY_TIMEOUT_MS });
  }

  /** Starts without waiting: for a service whose stores are away. */
  launch(): void {
    const { app, port, environment, logFile } = this.options;
    const child = spawn(process.execPath, [`${APPS}${app}/dist/main.js`], {
      env: { ...SERVICE_MEMORY, ...environment, HTTP_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    this.child = child;
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Resolves with the exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  async isReady(): Promise<boolean> {
    if (this.child?.exitCode !== null && this.child?.exitCode !== undefined) {
      const end = readFileSync(this.options.logFile, 'utf8').slice(-2_000);
      throw new Error(`${this.options.app} ended with ${this.child.exitCode}: ${end}`);
    }
    return fetch(`${this.url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  private get runningPid(): number {
    if (this.child?.pid === undefined) throw new Error(`${this.options.app} is not running`);
    return this.child.pid;
  }

  private kernelNumber(file: string, pattern: RegExp): number {
    return Number(pattern.exec(readFileSync(`/proc/${this.runningPid}/${file}`, 'utf8'))?.[1]);
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    this.child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) {
      return child?.exitCode ?? null;
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    clearTimeout(timer);
    return child.exitCode;
  }
}
