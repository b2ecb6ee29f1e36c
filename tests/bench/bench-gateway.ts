import { spawn } from 'node:child_process';
import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@broadsheet/embedded-servers';
import { waitFor } from '@broadsheet/testing';

const MAIN = fileURLToPath(new URL('../../apps/gateway/dist/main.js', import.meta.url));
const START_MS = 60_000;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface BenchGateway {
  readonly pid: number;
  readonly url: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  stop(): Promise<void>;
}

/** The gateway as it is built, in a process of its own. Kafka is not there: nothing is pushed. */
export async function startBenchGateway(
  databaseUrl: string,
  nodeOptions: readonly string[] = [],
): Promise<BenchGateway> {
  const port = await findFreePort();
  const environment = {
    PATH: process.env['PATH'],
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    HTTP_PORT: String(port),
    LOG_LEVEL: 'silent',
  };
  const child = spawn(process.execPath, [...nodeOptions, MAIN], {
    env: environment,
    stdio: 'inherit',
  });
  const agent = new Agent({ keepAlive: true });
  const gateway: BenchGateway = {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    get: (path, headers = {}) => request({ port, path, agent, headers }),
    stop: async () => {
      agent.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
  const isUp = () =>
    gateway.get('/health/live').then(
      () => true,
      () => false,
    );
  await waitFor(isUp, { timeoutMs: START_MS, what: 'the gateway to answer' });
  return gateway;
}

function request(options: {
  readonly port: number;
  readonly path: string;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get({ ...options, host: '127.0.0.1' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    }).once('error', reject);
  });
}
