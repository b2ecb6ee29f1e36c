import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIFF_LIMITS, diffWords, type TextDiff } from './diff-words.ts';

function side({ parts }: TextDiff, other: 'added' | 'removed'): string {
  return parts
    .filter(({ op }) => op !== other)
    .map(({ text }) => text)
    .join('');
}

describe('a word diff', () => {
  it('tells the words that changed and leaves the rest together', () => {
    expect(diffWords('The bridge is closed today.', 'The old bridge is open today.')).toEqual({
      granularity: 'word',
      parts: [
        { op: 'equal', text: 'The ' },
        { op: 'added', text: 'old ' },
        { op: 'equal', text: 'bridge is ' },
        { op: 'removed', text: 'closed' },
        { op: 'added', text: 'open' },
        { op: 'equal', text: ' today.' },
      ],
    });
  });

  it('finds words in scripts without spaces', () => {
    const { parts } = diffWords('市議会は月曜日に決めた。', '市議会は火曜日に決めた。');
    expect(parts[0]).toEqual({ op: 'equal', text: '市議会は' });
    expect(parts.at(-1)).toEqual({ op: 'equal', text: 'に決めた。' });
  });

  it('has one equal part for the same text, and none for no text', () => {
    expect(diffWords('Same.', 'Same.').parts).toEqual([{ op: 'equal', text: 'Same.' }]);
    expect(diffWords('', '').parts).toEqual([]);
  });

  it('gives back both texts, whatever they are and however closely they were compared', () => {
    const text = fc.array(
      fc.oneof(fc.constantFrom('a', 'b', ' ', '\n', '\n\n', '橋'), fc.string()),
    );
    const limits = fc.constantFrom(
      DIFF_LIMITS,
      { ...DIFF_LIMITS, maxWordCharacters: 0 },
      { ...DIFF_LIMITS, maxEdits: 1 },
    );
    fc.assert(
      fc.property(text, text, limits, (left, right, limit) => {
        const [before, after] = [left.join(''), right.join('')];
        const diff = diffWords(before, after, limit);
        expect([side(diff, 'added'), side(diff, 'removed')]).toEqual([before, after]);
      }),
    );
  });

  it('compares long texts by paragraph, and says so', () => {
    const paragraphs = Array.from(
      { length: 5_000 },
      (_, n) => `Paragraph ${n} of a long text here.`,
    );
    const after = paragraphs.with(2_500, 'Another one.');
    const diff = diffWords(paragraphs.join('\n\n'), after.join('\n\n'), {
      ...DIFF_LIMITS,
      maxWordCharacters: 1_000,
    });
    expect(diff.granularity).toBe('paragraph');
    expect(diff.parts.map(({ op }) => op)).toEqual(['equal', 'removed', 'added', 'equal']);
  });

  it('gives up in time on megabytes that share nothing', () => {
    const text = (seed: number) =>
      Array.from({ length: 1024 * 128 }, (_, n) => ((n * 7919 * seed) % 9973).toString(36)).join(
        '\n',
      );
    const before = process.cpuUsage();
    expect(diffWords(text(1), text(2)).granularity).toBe('whole');
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_500);
  });
});
