import { describe, expect, it } from 'vitest';
import { isSlugOf, isWireCode } from './wire-code.ts';

describe('isWireCode', () => {
  it.each(['HNA0042 4 GEN 312', 'DEL23', 'ABC-12', 'ZCZC1 5 IND 0123 /HNA-5'])(
    'knows %s',
    (line) => {
      expect(isWireCode(line)).toBe(true);
    },
  );

  it.each([
    'COVID-19 CASES RISE AGAIN',
    'G20 SUMMIT OPENS',
    'FIFA2026 DRAW',
    '1984',
    '12 345',
    'Ferry 2026',
    '',
  ])('takes "%s" for no code', (line) => {
    expect(isWireCode(line)).toBe(false);
  });
});

describe('isSlugOf', () => {
  it('knows the name of a report by its subject', () => {
    expect(isSlugOf('FERRY-RETURN', 'FERRY RETURNS TO NORTHPORT')).toBe(true);
  });

  it('leaves sections alone', () => {
    expect(isSlugOf('ASIA-PACIFIC', 'FERRY RETURNS TO NORTHPORT')).toBe(false);
    expect(isSlugOf('FERRY', 'FERRY RETURNS TO NORTHPORT')).toBe(false);
  });
});
