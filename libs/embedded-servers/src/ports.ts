import { createServer } from 'node:net';
import { ServerNotStarted } from './embedded-servers.errors.ts';

/** A port of 127.0.0.1 that is free now; another program may still be faster. */
export async function findFreePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === null) throw new ServerNotStarted('PORT_TAKEN', 'No port of 127.0.0.1 is free.');
  return port;
}

export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== null;
}

/** `setting` names what the reader of the error can change, such as KAFKA_PORT. */
export async function requireFreePort(port: number, setting: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new ServerNotStarted(
    'PORT_TAKEN',
    `Port ${port} of 127.0.0.1 is taken by another program or not allowed: stop that program, or set ${setting} to a free port.`,
  );
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? null) : null));
    });
  });
}
