import type { Logger } from 'pino';

/** The parts of `process` that decide a service's life; a fake stands in for it in specs. */
export interface HostProcess {
  readonly connected: boolean;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  exit(code: number): void;
}

/** Strategies take up to 18 s, producers and pools 5 s; then the process goes in any case. */
const STOP_DEADLINE_MS = 25_000;

/** Owns the end of a process: signals, the parent's death, and errors nobody caught. */
export class ServiceProcess {
  private stopping = false;

  constructor(
    private readonly host: HostProcess,
    private readonly logger: Logger,
    private readonly close: () => Promise<void>,
  ) {}

  get isStopping(): boolean {
    return this.stopping;
  }

  watch(): void {
    this.host.on('SIGTERM', () => void this.stop('SIGTERM', 0));
    this.host.on('SIGINT', () => void this.stop('SIGINT', 0));
    // A child of the standalone launcher goes with it, even when the launcher was killed.
    if (this.host.connected) {
      this.host.on('disconnect', () => void this.stop('the launcher is gone', 0));
    }
    this.host.on('uncaughtException', (error: unknown) => this.die(error, 'uncaught exception'));
    this.host.on('unhandledRejection', (error: unknown) => this.die(error, 'unhandled rejection'));
  }

  /** A part that cannot go on by itself: finish what is in hand, then exit non-zero. */
  fail(error: Error, what: string): void {
    this.logger.fatal({ err: error }, what);
    void this.stop(what, 1);
  }

  async stop(reason: string, exitCode: number): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.logger.info({ reason }, 'stopping');
    const timer = setTimeout(() => {
      this.logger.error({ deadlineMs: STOP_DEADLINE_MS }, 'did not stop in time');
      this.host.exit(1);
    }, STOP_DEADLINE_MS);
    try {
      await this.close();
      this.logger.info('stopped');
      this.host.exit(exitCode);
    } catch (error) {
      this.logger.error({ err: error }, 'stopping failed');
      this.host.exit(1);
    } finally {
      clearTimeout(timer);
    }
  }

  private die(error: unknown, what: string): void {
    this.logger.fatal({ err: error }, what);
    this.host.exit(1);
  }
}
