import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerNotStarted } from './embedded-servers.errors.ts';

/** Makes the directory when it is missing and proves that files can be written into it. */
export function requireWritableDirectory(directory: string): void {
  const probe = join(directory, `.writable-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(directory, { recursive: true });
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
