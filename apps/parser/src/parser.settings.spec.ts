import { describe, expect, it } from 'vitest';
import { parserSettings } from './parser.settings.ts';

function workersOf(processors: number, given?: string): number {
  const environment = { KAFKA_BROKERS: 'localhost:9092', PARSER_WORKERS: given };
  return parserSettings(processors).parse(environment).PARSER_WORKERS;
}

describe('PARSER_WORKERS', () => {
  it('leaves a processor to the main thread, and is never none by itself', () => {
    expect([1, 2, 4, 64].map((processors) => workersOf(processors))).toEqual([1, 1, 3, 8]);
  });

  it('is what it is set to', () => {
    expect(workersOf(2, '0')).toBe(0);
    expect(workersOf(2, '5')).toBe(5);
  });
});
