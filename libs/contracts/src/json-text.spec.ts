import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputRefused } from './input-refused.errors.ts';
import { parseJson } from './json-text.ts';

function codeOf(text: string): string {
  try {
    parseJson(text);
    return 'parsed';
  } catch (error) {
    if (error instanceof InputRefused) return error.code;
    throw error;
  }
}

function nested(levels: number, core = '1'): string {
  return `${'['.repeat(levels)}${core}${']'.repeat(levels)}`;
}

describe('the depth of JSON', () => {
  it('may be 64 levels and no more', () => {
    expect(codeOf(nested(64))).toBe('parsed');
    expect(codeOf(nested(65))).toBe('TOO_DEEP');
    expect(codeOf(`{"a":${nested(64)}}`)).toBe('TOO_DEEP');
  });

  it('is not the number of brackets', () => {
    expect(codeOf(`[${'{},'.repeat(1_000)}[]]`)).toBe('parsed');
  });

  it('does not grow by brackets in strings, however they are quoted', () => {
    const core = JSON.stringify(`"\\"${'[{'.repeat(500)}\\`);
    expect(codeOf(nested(64, core))).toBe('parsed');
    expect(codeOf(nested(65, core))).toBe('TOO_DEEP');
  });

  it('never stands in the way of what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.string(), (value, text) => {
        const given = { value, text: `${text}${'{"'.repeat(70)}` };
        expect(parseJson(JSON.stringify(given))).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });
});
