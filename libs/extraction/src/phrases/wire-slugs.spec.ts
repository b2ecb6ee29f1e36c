import { describe, expect, it } from 'vitest';
import { withoutSlugs } from './wire-slugs.ts';

describe('withoutSlugs', () => {
  it.each([
    ['UPDATE 2-Ferry returns to port', 'Ferry returns to port'],
    ['UPDATE1: Ferry returns to port', 'Ferry returns to port'],
    ['WRAPUP 3-Ferry returns, traders cheer', 'Ferry returns, traders cheer'],
    ['CORRECTED-Ferry returns to port', 'Ferry returns to port'],
    ['RPT-UPDATE 1-Ferry returns to port', 'Ferry returns to port'],
    ['CORRECTED-UPDATE 4-Ferry returns to port', 'Ferry returns to port'],
    ['RPT-EXCLUSIVE-Ferry returns to port', 'Ferry returns to port'],
    ['Q+A-What the ferry carries', 'What the ferry carries'],
    ['(LEAD) Ferry returns to port', 'Ferry returns to port'],
    ['(2nd LD) Ferry returns to port', 'Ferry returns to port'],
  ])('takes the version and kind off %s', (headline, bare) => {
    expect(withoutSlugs(headline)).toBe(bare);
  });

  it.each([
    'Exclusive: Ferry returns to port',
    'UPDATE: Ferry returns to port',
    'Update-Ferry line opens its doors',
    'EXCLUSIVE - Ferry returns to port',
    'FERRY-PORT talks to go on',
    'COVID-19: ferry returns to port',
    'UPDATE 2-0 for the hosts',
    '(Lead) paint found in ferry',
    'POLL-Tax',
    'UPDATE 2-',
    '',
  ])('keeps "%s" as it is', (headline) => {
    expect(withoutSlugs(headline)).toBe(headline);
  });
});
