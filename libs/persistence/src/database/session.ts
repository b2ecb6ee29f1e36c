import type { Pool, PoolClient, QueryResultRow } from 'pg';
import {
  DataRefused,
  DatabaseUnavailable,
  QueryTimedOut,
  WriteConflict,
} from '../persistence.errors.ts';
import { classifyFailure } from './classify-failure.ts';

/** Runs one statement and gives its rows. Errors of pg come out as those of persistence.errors.ts. */
export type Query = <Row extends QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

/** Statements outside a transaction, each on whatever connection is free. */
export function queryOf(pool: Pool): Query {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
    const result = await translated(pool.query<Row>(text, [...values]));
    return result.rows;
  };
}

/** A statement that each connection plans once and then only runs: for what is asked very often. */
export interface PreparedStatement {
  /** Names one text for ever: pg refuses a second one under it. */
  readonly name: string;
  readonly text: string;
}

/** Runs a prepared statement outside a transaction and gives its rows. */
export async function queryPrepared<Row extends QueryResultRow>(
  pool: Pool,
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await translated(pool.query<Row>({ ...statement, values: [...values] }));
  return result.rows;
}

/**
 * Commits when `work` resolves, rolls back when it throws. An aborted signal stops before the next
 * statement. A commit whose answer is lost throws DatabaseUnavailable: it may have happened.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (query: Query) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const client = await translated(pool.connect());
  let isBroken = false;
  try {
    await translated(client.query('BEGIN'));
    const result = await work(clientQuery(client, signal));
    await translated(client.query('COMMIT'));
    return result;
  } catch (error) {
    isBroken = !(await rolledBack(client));
    throw error;
  } finally {
    client.release(isBroken);
  }
}

function clientQuery(client: PoolClient, signal: AbortSignal | undefined): Query {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
    signal?.throwIfAborted();
    const result = await translated(client.query<Row>(text, [...values]));
    return result.rows;
  };
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    // The connection is gone and the server has rolled back by itself; the first error is the one to tell.
    return false;
  }
}

/** Errors of pg come out as those of persistence.errors.ts. */
export async function translated<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  switch (classifyFailure(error)) {
    case 'outage':
      return new DatabaseUnavailable(message, { cause: error });
    case 'bad-data':
      return new DataRefused(message, { cause: error });
    case 'conflict':
      return new WriteConflict(message, { cause: error });
    case 'timeout':
      return new QueryTimedOut(message, { cause: error });
    case 'unknown':
      return error;
  }
}
