import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryPoint } from './services.ts';

const TIMEOUT_MS = 120_000;

class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly code = 'MIGRATION_FAILED';
  readonly retry = 'never';
}

/** Creates topics and tables, as a process of its own: the same step as in every other deployment. */
export function runMigrate(home: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const logFile = join(home, 'logs', 'migrate.log');
  return new Promise((resolve, reject) => {
    const options = { env: environment, timeout: TIMEOUT_MS };
    execFile(process.execPath, [entryPoint('migrate')], options, (error, stdout, stderr) => {
      writeFileSync(logFile, stdout + stderr);
      if (error === null) return resolve();
      const said = stderr.trim().split('\n')[0] || error.message;
      const message = `Topics and tables could not be prepared (${said}): see ${logFile}.`;
      reject(new MigrationFailed(message, { cause: error }));
    });
  });
}
