import { describe, expect, it } from 'vitest';
import { breaksOff } from './breaks-off.ts';

describe('breaksOff', () => {
  it.each([
    'The ferry came back to the …',
    'The ferry came back to the…',
    'The ferry came back [...]',
    'The ferry came back [+1243 chars]',
    'The ferry came back to the… Continue reading',
  ])('sees that "%s" was cut', (text) => {
    expect(breaksOff(text)).toBe(true);
  });

  it.each([
    'The ferry came back.',
    'It was… late.',
    'Is it back?…',
    '',
    'So the story goes… and on',
  ])('takes "%s" for whole', (text) => {
    expect(breaksOff(text)).toBe(false);
  });
});
