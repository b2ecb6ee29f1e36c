import {
  SERVICE_MEMORY,
  ServerProcess,
  type ServerProgram,
  type ServerRecord,
} from '@broadsheet/embedded-servers';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Name of an app and the port where its health is asked for. */
export interface ServicePort {
  readonly app: string;
  readonly port: number;
}

export interface ServicesContext {
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onDeath: (reason: string) => void;
}

const APPS_DIRECTORY = fileURLToPath(new URL('../../', import.meta.url));
const HEALTH_TIMEOUT_MS = 2_000;

/** The compiled entry point of an app. */
export function entryPoint(app: string): string {
  return join(APPS_DIRECTORY, app, 'dist', 'main.js');
}

/** By which a service is found again when the one that started it was killed. */
export function serviceRecord(app: string, home: string): ServerRecord {
  return {
    name: app,
    directory: home,
    pidFile: join(home, 'run', `${app}.pid`),
    marker: serviceArguments(app, home).join(' '),
    stopSignal: 'SIGTERM',
  };
}

/** The services do not read what follows their file: it tells those of this home from those of another. */
function serviceArguments(app: string, home: string): readonly string[] {
  return [entryPoint(app), `--home=${home}`, '--'];
}

export function createService(
  { app, port }: ServicePort,
  { home, environment, onDeath }: ServicesContext,
): ServerProcess {
  const program: ServerProgram = {
    ...serviceRecord(app, home),
    file: process.execPath,
    args: serviceArguments(app, home),
    environment: { ...SERVICE_MEMORY, ...environment, HTTP_PORT: String(port) },
    outputFile: join(home, 'logs', `${app}.log`),
    isReady: () => isReady(port),
    orphanGraceSeconds: 0,
  };
  return new ServerProcess(program, onDeath);
}

async function isReady(port: number): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${port}/health/ready`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
