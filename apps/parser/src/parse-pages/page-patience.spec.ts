import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePage } from './page-patience.ts';

const LIMITS = { cpuMs: 5_000, overtimeMs: 9_000 };
const duration = fc.nat({ max: 100_000 });

describe('the patience with a page', () => {
  it.each([
    ['wait', { overtimeMs: 8_999, cpuMs: 4_999 }],
    ['wait', { overtimeMs: 8_999, cpuMs: null }],
    ['runaway', { overtimeMs: 0, cpuMs: 5_000 }],
    ['runaway', { overtimeMs: 60_000, cpuMs: 5_000 }],
    ['starved', { overtimeMs: 9_000, cpuMs: 4_999 }],
    ['starved', { overtimeMs: 9_000, cpuMs: 0 }],
    ['silent', { overtimeMs: 9_000, cpuMs: null }],
  ] as const)('says %s of %o', (verdict, usage) => {
    expect(judgePage(usage, LIMITS)).toBe(verdict);
  });

  it('never blames a page that used less of a processor than it may, however long it took', () => {
    fc.assert(
      fc.property(duration, fc.option(fc.nat({ max: 4_999 })), (overtimeMs, cpuMs) => {
        expect(judgePage({ overtimeMs, cpuMs }, LIMITS)).not.toBe('runaway');
      }),
    );
  });

  it('waits for no page beyond either limit', () => {
    fc.assert(
      fc.property(duration, fc.option(duration), (overtimeMs, cpuMs) => {
        fc.pre(overtimeMs >= LIMITS.overtimeMs || (cpuMs ?? 0) >= LIMITS.cpuMs);
        expect(judgePage({ overtimeMs, cpuMs }, LIMITS)).not.toBe('wait');
      }),
    );
  });
});
