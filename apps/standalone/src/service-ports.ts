import { findFreePort, isPortFree, requireFreePort } from '@broadsheet/embedded-servers';
import type { ServicePort } from './services.ts';

export const SERVICES = ['parser', 'indexer', 'fetcher', 'gateway'] as const;

const DEFAULT_GATEWAY_PORT = 8080;
const WORKERS: readonly ServicePort[] = [
  { app: 'parser', port: 8082 },
  { app: 'indexer', port: 8083 },
  { app: 'fetcher', port: 8081 },
];

/**
 * The gateway gets the port that was asked for. The health ports of the others are their usual ones, or any free
 * ones where those are taken or the gateway was moved: two copies must run side by side.
 */
export async function chooseServicePorts(gatewayPort: number): Promise<readonly ServicePort[]> {
  await requireFreePort(gatewayPort, 'HTTP_PORT');
  const workers: ServicePort[] = [];
  for (const { app, port } of WORKERS) {
    const isUsual = gatewayPort === DEFAULT_GATEWAY_PORT && (await isPortFree(port));
    workers.push({ app, port: isUsual ? port : await findFreePort() });
  }
  return [...workers, { app: 'gateway', port: gatewayPort }];
}
