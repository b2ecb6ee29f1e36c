import { DatabaseError } from 'pg';

/**
 * outage: the database is away or not fit to be written · bad-data: it refuses these values for ever ·
 * conflict: another transaction was in the way · timeout: this statement took too long · unknown: anything
 * else, most likely a bug.
 */
export type FailureClass = 'outage' | 'bad-data' | 'conflict' | 'timeout' | 'unknown';

/** SQLSTATEs (PostgreSQL, Appendix A) that differ from the rest of their class. */
const BY_STATE: Readonly<Record<string, FailureClass>> = {
  '40001': 'conflict', // serialization_failure
  '40P01': 'conflict', // deadlock_detected
  '55P03': 'conflict', // lock_not_available
  '57014': 'timeout', // query_canceled, by statement_timeout
  '25006': 'outage', // read_only_sql_transaction: a failover left us on a replica
  '25P03': 'outage', // idle_in_transaction_session_timeout
};

/**
 * Wrong credentials, a missing database and a missing table are outages too: an operator mends them, and
 * until then no record may be blamed.
 */
const BY_CLASS: Readonly<Record<string, FailureClass>> = {
  '08': 'outage', // connection exception
  '28': 'outage', // invalid authorization
  '3D': 'outage', // invalid catalog name
  '42': 'outage', // undefined table or column, insufficient privilege
  '53': 'outage', // insufficient resources
  '57': 'outage', // operator intervention
  '58': 'outage', // system error
  '40': 'conflict', // transaction rollback
  '22': 'bad-data', // data exception
  '23': 'bad-data', // integrity constraint violation
  '54': 'bad-data', // program limit exceeded: too large for a tsvector or an index row
};

/** For errors thrown by pg itself. What carries no SQLSTATE never reached the server, or lost it. */
export function classifyFailure(error: unknown): FailureClass {
  if (error instanceof DatabaseError) {
    const state = error.code ?? '';
    return BY_STATE[state] ?? BY_CLASS[state.slice(0, 2)] ?? 'unknown';
  }
  const isBug = error instanceof TypeError || error instanceof RangeError;
  return error instanceof Error && !isBug ? 'outage' : 'unknown';
}
