import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerNotStarted } from './embedded-servers.errors.ts';
import type { Account } from './postgres-account.ts';

export const DATABASE = 'broadsheet';
export const DATABASE_USER = 'broadsheet';

/** Where things are, and as whom Postgres' programs run. */
export interface PostgresCluster {
  readonly binaries: string;
  readonly directory: string;
  readonly dataDirectory: string;
  readonly account: Account | null;
}

/** Nothing of the caller's environment: PGDATA, PGPORT and the like would change what Postgres does. */
export const POSTGRES_ENVIRONMENT: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };

export function passwordFileOf(directory: string): string {
  return join(directory, 'password');
}

/** Makes user, password and database unless an earlier call did, and returns the password. */
export async function initialiseOnce(cluster: PostgresCluster): Promise<string> {
  const { directory, dataDirectory } = cluster;
  const passwordFile = passwordFileOf(directory);
  if (existsSync(join(dataDirectory, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8');
  const password = randomBytes(18).toString('base64url');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (cluster.account) chownSync(passwordFile, cluster.account.uid, cluster.account.gid);
  // Beside its place until it is complete: a start that is killed in between leaves nothing half-made there.
  const scratch = `${dataDirectory}.new`;
  rmSync(scratch, { recursive: true, force: true });
  await run(cluster, 'initdb', initdbArguments(scratch, passwordFile));
  await run(
    cluster,
    'postgres',
    ['--single', '-D', scratch, 'postgres'],
    `CREATE DATABASE ${DATABASE}\n`,
  );
  renameSync(scratch, dataDirectory);
  return password;
}

/**
 * The built-in collation depends on no locale of the machine. LC_CTYPE must still be a UTF-8 one: the parser of
 * full-text search asks it what a letter is, and takes every quotation mark for one under "C".
 */
function initdbArguments(dataDirectory: string, passwordFile: string): readonly string[] {
  const characterType = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  return [
    `--pgdata=${dataDirectory}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${characterType}`,
  ];
}

function run(
  { binaries, account }: PostgresCluster,
  program: string,
  args: readonly string[],
  input = '',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const identity = account ? { uid: account.uid, gid: account.gid } : {};
    const options = { cwd: '/', env: POSTGRES_ENVIRONMENT, ...identity };
    const child = execFile(join(binaries, program), args, options, (error, _stdout, stderr) => {
      if (error === null) return resolve();
      const reason = stderr.trim().split('\n').at(-1) || error.message;
      reject(
        new ServerNotStarted('SERVER_NOT_READY', `Postgres could not be set up: ${reason}`, {
          cause: error,
        }),
      );
    });
    child.stdin?.end(input);
  });
}
