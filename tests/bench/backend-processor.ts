import { readFile } from 'node:fs/promises';
import type { Pool } from '@broadsheet/persistence';

const MILLISECONDS_PER_TICK = 10;
/** Fields of /proc/<pid>/stat (proc(5)) behind the name, which is in brackets: utime and stime. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/**
 * Processor time that the only connection of a pool has taken so far. On a machine with other work it says more
 * than the clock. Null where Postgres runs elsewhere.
 */
export async function processorMilliseconds(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const stat = await readFile(`/proc/${rows[0]?.pid ?? 0}/stat`, 'utf8').catch(() => '');
  if (!stat.includes('(postgres)')) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * MILLISECONDS_PER_TICK;
}
