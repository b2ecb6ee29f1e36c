import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { ServerNotStarted } from './embedded-servers.errors.ts';

/** An account of the operating system. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account for Postgres when this process is root, which Postgres refuses: the owner of existing data, else
 * `postgres`, else `nobody`. Null when this process is not root. Throws ACCOUNT_MISSING.
 */
export function accountForPostgres(dataDirectory: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readAccounts(readFileSync('/etc/passwd', 'utf8'));
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  const account =
    accounts.find(({ uid }) => uid !== 0 && uid === owner?.uid) ??
    accounts.find(({ name }) => name === 'postgres') ??
    accounts.find(({ name }) => name === 'nobody');
  if (account !== undefined) return account;
  throw new ServerNotStarted(
    'ACCOUNT_MISSING',
    'Postgres refuses to run as root and there is neither an account postgres nor nobody: create one (useradd --system postgres), or start as an ordinary user.',
  );
}

/** Reads the lines of passwd(5). */
export function readAccounts(passwd: string): Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether the account can reach the file and execute it. */
export function canExecute(account: Account, file: string): boolean {
  return testAs(account, '-x', file);
}

/** Whether the account can reach the directory and write into it. */
export function canWrite(account: Account, directory: string): boolean {
  return testAs(account, '-w', directory);
}

function testAs({ uid, gid }: Account, operator: '-x' | '-w', path: string): boolean {
  const script = `test ${operator} "$1"`;
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], { cwd: '/', uid, gid }).status === 0;
}
