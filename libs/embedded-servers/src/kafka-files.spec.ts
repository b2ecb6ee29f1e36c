import { expect, it } from 'vitest';
import { kafkaServerProperties } from './kafka-files.ts';

it('keeps every path relative and every listener on the loopback', () => {
  const properties = kafkaServerProperties({ port: 19_092, controllerPort: 19_093 });
  expect(properties).toContain('log.dirs=data\n');
  expect(properties).toContain('listeners=CLIENT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093\n');
  expect(properties).toContain('advertised.listeners=CLIENT://127.0.0.1:19092\n');
  expect(properties).toContain('auto.create.topics.enable=false\n');
});
