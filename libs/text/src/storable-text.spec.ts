import { describe, expect, it } from 'vitest';
import { toStorableText } from './storable-text.ts';

describe('toStorableText', () => {
  it('removes U+0000, which Postgres refuses in text', () => {
    expect(toStorableText('a\u0000b\u0000')).toBe('ab');
  });

  it('replaces lone surrogates and keeps pairs', () => {
    expect(toStorableText('x\ud800y\udc00z \u{1f5de}')).toBe('x\ufffdy\ufffdz \u{1f5de}');
  });
});
