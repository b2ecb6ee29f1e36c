import { startSystem } from '@broadsheet/testing';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    systemBrokers: string;
    systemGatewayUrl: string;
  }
}

/** One whole system for all pipeline tests: each test pushes articles that no other test knows. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const system = await startSystem({
    environment: { FETCH_ALLOW_PRIVATE: '127.0.0.0/8', FETCH_HOST_DELAY_MS: '100' },
  });
  project.provide('systemBrokers', system.brokers);
  project.provide('systemGatewayUrl', system.gatewayUrl);
  return () => system.dispose();
}
