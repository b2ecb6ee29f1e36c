import { Pool } from 'pg';

export interface DatabaseSettings {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly maxConnections: number;
  /** Longest time one statement may take, in milliseconds. */
  readonly statementTimeoutMs: number;
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connections are made when they are first needed, so a service starts while Postgres is away.
 * `onIdleError` hears of connections that died in the pool; without a listener pg would end the process.
 */
export function createPool(settings: DatabaseSettings, onIdleError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: settings.url,
    application_name: settings.applicationName,
    max: settings.maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: settings.statementTimeoutMs,
    // The server's own timeout does not fire when the network swallows its answer.
    query_timeout: settings.statementTimeoutMs + 5_000,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c timezone=UTC',
  });
  pool.on('error', onIdleError);
  // The pool listens to idle connections alone. One that dies in use, between two statements, would end
  // the process; its next statement fails in any case.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
