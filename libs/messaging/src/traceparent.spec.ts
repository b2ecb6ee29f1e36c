import { describe, expect, it } from 'vitest';
import { readTraceparent } from './traceparent.ts';

const CONTEXT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

function headers(...values: readonly string[]): Map<string, Buffer[]> {
  return new Map([['traceparent', values.map((value) => Buffer.from(value))]]);
}

describe('the trace context of a record', () => {
  it('is the last one that was given', () => {
    expect(readTraceparent(headers('nonsense', CONTEXT))).toBe(CONTEXT);
  });

  it.each([
    ['missing', new Map<string, Buffer[]>()],
    ['in capitals', headers(CONTEXT.toUpperCase())],
    ['without a trace id', headers(CONTEXT.replace(/[0-9a-f]{32}/, '0'.repeat(32)))],
    ['without a span id', headers(CONTEXT.replace('00f067aa0ba902b7', '0'.repeat(16)))],
    ['of the forbidden version', headers(CONTEXT.replace(/^00/, 'ff'))],
    ['too long', headers(`${CONTEXT}-00`)],
    ['not even text', headers('\u0000'.repeat(55))],
  ])('is null when it is %s', (_, given) => {
    expect(readTraceparent(given)).toBeNull();
  });
});
