import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import './provided-servers.ts';

/** `host:port` of the broker of this run. */
export function testBrokers(): string {
  return inject('kafkaBrokers');
}

/** A topic name nobody else uses: the broker is shared by all files of a run. */
export function uniqueTopic(prefix = 'test'): string {
  return `${prefix}.${randomUUID()}`;
}

/** A consumer group nobody else uses. */
export function uniqueGroup(prefix = 'test'): string {
  return `${prefix}-${randomUUID()}`;
}
