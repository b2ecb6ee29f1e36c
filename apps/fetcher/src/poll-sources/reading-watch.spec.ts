import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeReading } from './reading-watch.ts';

const LIMITS = { cpuMs: 10_000, wallMs: 60_000 };

describe('a document', () => {
  it('may take long, as long as it uses little of a processor', () => {
    expect(judgeReading({ cpuMs: 9_999, wallMs: 59_999 }, LIMITS)).toBe('wait');
    expect(judgeReading({ cpuMs: null, wallMs: 59_999 }, LIMITS)).toBe('wait');
  });

  it('is not to blame for a machine that has no processor for it', () => {
    expect(judgeReading({ cpuMs: 9_999, wallMs: 60_000 }, LIMITS)).toBe('starved');
    expect(judgeReading({ cpuMs: null, wallMs: 60_000 }, LIMITS)).toBe('starved');
  });

  it('is to blame for the processor time that it used, however long that took', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (more, wallMs) => {
        expect(judgeReading({ cpuMs: LIMITS.cpuMs + more, wallMs }, LIMITS)).toBe('runaway');
      }),
    );
  });
});
