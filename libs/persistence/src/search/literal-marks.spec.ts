import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HIGHLIGHT_END, HIGHLIGHT_START } from './article-search.ts';
import { literalPassage, markLiterally } from './literal-marks.ts';

const MARKS = /[\ue000\ue001]/g;
const shown = (text: string | null) =>
  text?.replaceAll(HIGHLIGHT_START, '[').replaceAll(HIGHLIGHT_END, ']') ?? null;

describe('literal marks', () => {
  it.each([
    [
      '船は月曜日に東京都の港に戻りました。',
      ['東京', '港'],
      '船は月曜日に[東京]都の[港]に戻りました。',
    ],
    ['เรือกลับมาที่ท่าเรือ', ['ท่าเรือ'], 'เรือกลับมาที่[ท่าเรือ]'],
    ['A Café in Málaga', ['cafe', 'malaga'], 'A [Café] in [Málaga]'],
    ['A Café in Málaga', ['Málaga'], 'A Café in [Málaga]'],
    ['a.c 港', ['a.c', 'abc'], 'a.c 港'],
    ['The old cafe', ['cafe'], 'The old cafe'],
  ])('in %j of %j', (text, words, expected) => {
    expect(shown(markLiterally(text, words))).toBe(expected);
  });

  it('leave alone what is marked already', () => {
    const text = `a ${HIGHLIGHT_START}café${HIGHLIGHT_END}, a café`;
    expect(shown(markLiterally(text, ['cafe']))).toBe('a [café], a [café]');
  });

  it('only add marks, in pairs, whatever is looked for', () => {
    const piece = fc.constantFrom('港', '東京', 'café', 'a', ' ', '(', '*', '\\', '𠮷', '\u0301');
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (given, words) => {
        const marked = markLiterally(given, words.filter(Boolean));
        expect(marked.replace(MARKS, '')).toBe(given);
        expect(marked.match(MARKS)?.join('') ?? '').toMatch(/^(\ue000\ue001)*$/);
      }),
    );
  });
});

describe('a passage', () => {
  it('is what stands around the first match', () => {
    const text = `${'word '.repeat(100)}in the café of ${'many '.repeat(100)}`;
    const passage = literalPassage(text, ['cafe']) ?? '';
    expect(passage).toMatch(/^word .*in the café of many.* many$/);
    expect(passage.length).toBeLessThan(260);
  });

  it('cuts no character in two where there are no blanks', () => {
    const passage = literalPassage(`${'𠮷'.repeat(200)}港${'𠮷'.repeat(200)}`, ['港']) ?? '';
    expect(passage).toContain('港');
    expect(passage.isWellFormed()).toBe(true);
  });

  it('is none where nothing matches', () => {
    expect(literalPassage('The harbour', ['港'])).toBeNull();
  });
});
