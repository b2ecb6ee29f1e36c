import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerRecord, stopLeftover } from './leftover.ts';
import { findFreePort, requireFreePort } from './ports.ts';
import { accountForPostgres } from './postgres-account.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import {
  DATABASE,
  DATABASE_USER,
  initialiseOnce,
  passwordFileOf,
  POSTGRES_ENVIRONMENT,
  type PostgresCluster,
} from './postgres-cluster.ts';
import { choosePostgresDirectory } from './postgres-place.ts';
import { endProcess, processIdentity } from './process-identity.ts';
import { type EmbeddedServer, ORPHAN_GRACE_SECONDS, ServerProcess } from './server-process.ts';

export interface PostgresOptions {
  /** Absolute path for data, password and log of this server. */
  readonly directory: string;
  /** Absent means any free port. */
  readonly port?: number;
  /** False trades safety against a crash of the machine for speed: for tests. */
  readonly isDurable: boolean;
  readonly log: (line: string) => void;
  /** Hears when the server ends although nobody stopped it. */
  readonly onDeath?: (reason: string) => void;
}

export interface PostgresServer extends EmbeddedServer {
  /** `postgres://…` with user, password and the database `broadsheet`. */
  readonly url: string;
  /** Absolute path of the file with the password, readable for its owner alone. */
  readonly passwordFile: string;
}

const FAST_AND_UNSAFE = [
  '-c',
  'fsync=off',
  '-c',
  'full_page_writes=off',
  '-c',
  'synchronous_commit=off',
];

/** Starts a real Postgres 17 and resolves when it serves connections. Throws ServerNotStarted. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const account = accountForPostgres(join(options.directory, 'data'));
  const directory = choosePostgresDirectory(options.directory, account, options.log);
  const dataDirectory = join(directory, 'data');
  const record: ServerRecord = {
    name: 'Postgres',
    directory,
    pidFile: join(directory, 'postgres.pid'),
    marker: markerOf(dataDirectory),
    stopSignal: 'SIGINT',
  };
  await stopLeftover(record);
  await clearPostmasterFile(dataDirectory);
  if (options.port !== undefined) await requireFreePort(options.port, 'POSTGRES_PORT');
  const port = options.port ?? (await findFreePort());
  const binaries = findPostgresBinaries(account);
  const cluster: PostgresCluster = { binaries, directory, dataDirectory, account };
  const password = await initialiseOnce(cluster);
  const server = new ServerProcess(
    {
      ...record,
      file: join(binaries, 'postgres'),
      args: ['-D', dataDirectory, '-p', String(port), ...serverFlags(options.isDurable)],
      environment: POSTGRES_ENVIRONMENT,
      ...(account && { account: { uid: account.uid, gid: account.gid } }),
      outputFile: join(directory, 'postgres.log'),
      isReady: (pid) => Promise.resolve(isServing(dataDirectory, pid)),
      orphanGraceSeconds: ORPHAN_GRACE_SECONDS,
    },
    options.onDeath ?? (() => undefined),
  );
  await server.start();
  return {
    url: `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    passwordFile: passwordFileOf(directory),
    start: () => server.start(),
    stop: () => server.stop(),
    kill: () => server.kill(),
  };
}

function markerOf(dataDirectory: string): string {
  return `-D ${dataDirectory} -p`;
}

function serverFlags(isDurable: boolean): readonly string[] {
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC'];
  return [...flags.flatMap((flag) => ['-c', flag]), ...(isDurable ? [] : FAST_AND_UNSAFE)];
}

/**
 * Postgres refuses to start while the pid in its postmaster.pid is alive, whoever has that pid by now. A server
 * of this very data directory is an orphan and is stopped; any other process is left alone and the file removed.
 */
async function clearPostmasterFile(dataDirectory: string): Promise<void> {
  const pid = readPostmaster(dataDirectory)?.pid;
  if (pid === undefined) return;
  const isOurs = processIdentity(pid)?.commandLine.includes(markerOf(dataDirectory)) ?? false;
  if (isOurs) await endProcess(pid, 'SIGINT');
  rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
}

/** The server writes its state into postmaster.pid itself, so no connection is needed to ask. */
function isServing(dataDirectory: string, pid: number): boolean {
  const postmaster = readPostmaster(dataDirectory);
  return postmaster?.pid === pid && postmaster.status === 'ready';
}

function readPostmaster(dataDirectory: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' };
  } catch {
    return null;
  }
}
