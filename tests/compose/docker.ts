import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Why nothing can be run in containers here; null when it can. */
export function whyNoDocker(): string | null {
  const daemon = spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], {
    encoding: 'utf8',
  });
  if (daemon.error) return 'there is no docker command';
  if (daemon.status !== 0) return `no Docker daemon answers (${firstLine(daemon.stderr)})`;
  const compose = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });
  return compose.status === 0 ? null : 'docker has no compose plugin';
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** One `docker compose` project of this checkout, apart from any other by its name and ports. */
export class ComposeProject {
  private readonly environment: NodeJS.ProcessEnv;

  constructor(name: string, ports: { readonly http: number; readonly kafka: number }) {
    this.environment = {
      ...process.env,
      COMPOSE_PROJECT_NAME: name,
      BROADSHEET_IMAGE: 'broadsheet-test',
      HTTP_PORT: String(ports.http),
      KAFKA_PORT: String(ports.kafka),
    };
  }

  /** What the command prints; its whole output is in the error when it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const options = { cwd: ROOT, env: this.environment, maxBuffer: 64 * 1024 * 1024 };
    try {
      return (await run('docker', ['compose', ...args], options)).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`docker compose ${args.join(' ')} failed:\n${stdout}${stderr}`, {
        cause: error,
      });
    }
  }
}
