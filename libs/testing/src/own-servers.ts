import {
  type EmbeddedServer,
  type KafkaServer,
  type PostgresServer,
  startKafka as startEmbeddedKafka,
  startPostgres as startEmbeddedPostgres,
} from '@broadsheet/embedded-servers';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));

interface Disposable {
  /** Stops it for good and removes its files. */
  dispose(): Promise<void>;
}

export type OwnKafka = KafkaServer & Disposable;
export type OwnPostgres = PostgresServer & Disposable;

/** A broker of one's own, to be stopped, killed and started again at will. */
export function startKafka(options: { readonly port?: number } = {}): Promise<OwnKafka> {
  return startInScratch((directory) =>
    startEmbeddedKafka({
      ...options,
      directory,
      jarsDirectory: join(
        resolve(CHECKOUT, process.env['BROADSHEET_HOME'] ?? '.broadsheet'),
        'jars',
      ),
      environment: process.env,
      log: say,
    }),
  );
}

/** A Postgres of one's own, empty, to be stopped, killed and started again at will. */
export function startPostgres(options: { readonly port?: number } = {}): Promise<OwnPostgres> {
  return startInScratch((directory) =>
    startEmbeddedPostgres({ ...options, directory, isDurable: false, log: say }),
  );
}

async function startInScratch<Server extends EmbeddedServer>(
  start: (directory: string) => Promise<Server>,
): Promise<Server & Disposable> {
  const directory = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  // As root, Postgres runs under another account, which must be able to pass through.
  chmodSync(directory, 0o711);
  const removeFiles = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    const server = await start(directory);
    const dispose = async (): Promise<void> => {
      await server.stop();
      removeFiles();
    };
    return { ...server, dispose };
  } catch (error) {
    removeFiles();
    throw error;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
