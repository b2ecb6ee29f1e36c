import { readFile } from 'node:fs/promises';
import type { Pool } from '@broadsheet/persistence';

const MILLISECONDS_PER_TICK = 10;
/** Fields of /proc/<pid>/stat (proc(5)) behind the name, which is in brackets: utime and stime. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/**
 * Processor time that the connections of one application have taken so far. On a machine with other work it says
 * more than the clock. Null where Postgres runs elsewhere.
 */
export async function postgresMilliseconds(
  pool: Pool,
  applicationName: string,
): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE application_name = $1',
    [applicationName],
  );
  if (rows.length === 0) return null;
  const times = await Promise.all(rows.map(({ pid }) => processMilliseconds(pid)));
  return times.reduce<number | null>(
    (sum, time) => (sum === null || time === null ? null : sum + time),
    0,
  );
}

/** Null where there is no such process here. */
export async function processMilliseconds(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * MILLISECONDS_PER_TICK;
}
