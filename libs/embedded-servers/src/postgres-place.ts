import { createHash, randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, canWrite } from './postgres-account.ts';
import { SHARED_STATE_DIRECTORY } from './postgres-binaries.ts';
import { requireWritableDirectory } from './writable-directory.ts';

/**
 * The folder for data, password and log: the wished one, unless the account of Postgres cannot reach it, as in a
 * checkout of mode 0700 that belongs to root.
 */
export function choosePostgresDirectory(
  wished: string,
  account: Account | null,
  log: (line: string) => void,
): string {
  requireWritableDirectory(wished);
  if (account === null) return wished;
  const elsewhere = join(SHARED_STATE_DIRECTORY, `data-${fingerprint(wished)}`);
  if (!existsSync(elsewhere)) {
    chownSync(wished, account.uid, account.gid);
    if (canWrite(account, wished)) return wished;
    requireWritableDirectory(SHARED_STATE_DIRECTORY);
    mkdirSync(elsewhere, { recursive: true, mode: 0o700 });
    chownSync(elsewhere, account.uid, account.gid);
  }
  log(
    `Postgres keeps its data in ${elsewhere}: its account ${account.name} cannot reach ${wished}.`,
  );
  return elsewhere;
}

/** Differs between copies of a checkout, and between two checkouts that came to stand at one path. */
function fingerprint(directory: string): string {
  const idFile = join(directory, 'id');
  if (!existsSync(idFile)) writeFileSync(idFile, randomUUID());
  const id = readFileSync(idFile, 'utf8');
  return createHash('sha256').update(`${id} ${directory}`).digest('hex').slice(0, 16);
}
