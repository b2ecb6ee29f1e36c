import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import { CHANGE_CHANNEL } from '../articles/change-log.ts';

const RECONNECT_AFTER_MS = 1_000;

/** Told of whatever may have made new changes readable. */
export interface ChangeObserver {
  onChange(): void;
  /** Hears nothing while `isListening` is false. */
  onListening(isListening: boolean): void;
}

/**
 * Hears of changes when their transaction commits, on a connection of its own beside the pool. A lost
 * connection is made again for as long as it takes; whoever needs certainty looks from time to time.
 */
export class ChangeListener {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private client: Client | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly observer: ChangeObserver,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.client?.end().catch(() => undefined);
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.listen();
      this.observer.onListening(false);
      await delay(RECONNECT_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the connection has ended, for whatever reason. */
  private async listen(): Promise<void> {
    // Statements are few and short here, and none may time out waiting for a notification.
    const client = new Client({ ...this.pool.options, keepAliveInitialDelayMillis: 10_000 });
    this.client = client;
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', () => undefined);
    client.on('notification', () => this.observer.onChange());
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANGE_CHANNEL}`);
    } catch {
      await client.end().catch(() => undefined);
      return;
    }
    if (this.stopping.signal.aborted) return client.end();
    this.observer.onListening(true);
    // What was committed while nobody listened.
    this.observer.onChange();
    await ended;
  }
}
