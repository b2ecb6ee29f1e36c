import { type PostgresServer, startPostgres } from '@broadsheet/embedded-servers';
import { createPool, type Pool } from '@broadsheet/persistence';
import { startPostgres as startScratchPostgres } from '@broadsheet/testing';
import { resolve } from 'node:path';

/** As docs/operations.md recommends for a machine of 16 GiB or more; the rest is what Postgres comes with. */
const SETTINGS = {
  shared_buffers: '4GB',
  effective_cache_size: '10GB',
  work_mem: '32MB',
  maintenance_work_mem: '1GB',
  max_wal_size: '8GB',
  random_page_cost: '1.1',
  effective_io_concurrency: '200',
  jit: 'off',
};

export interface BenchPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * DATABASE_URL where that is set; else a Postgres that keeps its data in BENCH_POSTGRES_HOME for the next run; else
 * one that is thrown away. Whatever it holds already has to come from these benchmarks.
 */
export async function startBenchPostgres(): Promise<BenchPostgres> {
  const url = process.env['DATABASE_URL'];
  if (url) return { url, stop: () => Promise.resolve() };
  const home = process.env['BENCH_POSTGRES_HOME'];
  if (home) {
    const kept = await startKept(resolve(home));
    await configure(kept);
    return { url: kept.url, stop: () => kept.stop() };
  }
  const scratch = await startScratchPostgres();
  await configure(scratch);
  return { url: scratch.url, stop: () => scratch.dispose() };
}

function startKept(directory: string): Promise<PostgresServer> {
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  return startPostgres({ directory, isDurable: true, log });
}

async function configure(server: PostgresServer): Promise<void> {
  const pool = benchPool(server.url, 1);
  for (const [name, value] of Object.entries(SETTINGS)) {
    await pool.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  }
  await pool.end();
  await server.stop();
  await server.start();
}

/** Statements may take as long as they take. */
export function benchPool(url: string, maxConnections: number): Pool {
  const settings = { url, applicationName: 'bench', statementTimeoutMs: 6 * 60 * 60 * 1_000 };
  return createPool({ ...settings, maxConnections }, () => undefined);
}
