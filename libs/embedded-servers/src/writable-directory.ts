import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServerNotStarted } from './embedded-servers.errors.ts';

/** Makes the directory when it is missing and proves that files can be written into it. */
export function requireWritableDirectory(directory: string): void {
  const probe = join(directory, `.writable-${randomBytes(6).toString('hex')}`);
  try {
    makeDirectory(directory);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ServerNotStarted(
      'DIRECTORY_NOT_WRITABLE',
      `The folder ${directory} cannot be written (${reason}): make it writable for this account, or set BROADSHEET_HOME to a folder that is.`,
      { cause: error },
    );
  }
}

/** As mkdir -p. Node's own `recursive` never returns where the system answers ENOENT below a folder that exists, as under /proc. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) makeDirectory(parent);
  mkdirSync(directory);
}
