import { describe, expect, it } from 'vitest';
import { forbidsArchiving } from './archive-wish.ts';

describe('forbidsArchiving', () => {
  it.each([
    ['noarchive', true],
    ['NOINDEX, NoArchive', true],
    ['none', true],
    ['noindex, nofollow', false],
    ['otherbot: noarchive', false],
    ['otherbot: noindex, noarchive', false],
    ['broadsheet: noarchive', true],
    ['unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive', true],
    ['', false],
  ])('reads X-Robots-Tag: %s as %s', (value, expected) => {
    expect(forbidsArchiving({ 'x-robots-tag': value }, '')).toBe(expected);
  });

  it.each([
    ['<META NAME=robots CONTENT="noindex,noarchive">', true],
    ["<meta content='none' name='robots'>", true],
    ['<meta name="broadsheet" content="noarchive">', true],
    ['<meta name="otherbot" content="noarchive">', false],
    ['<meta name="robots" content="max-image-preview:large">', false],
    ['<meta name="description" content="robots: none of them"><p>noarchive', false],
    [`${'<meta '.repeat(20_000)}name="robots" content="none"`, false],
  ])('reads %s as %s', (html, expected) => {
    expect(forbidsArchiving({}, html)).toBe(expected);
  });
});
