import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReady, similarityOf } from './compared-text.ts';
import { decideDuplicate } from './decide-duplicate.ts';
import { NAME, NUMBER, readWords } from './read-words.ts';
import { estimateSimilarity, signText } from './text-signature.ts';
import { titleHash } from './title-hash.ts';

function verdict(a: string, b: string, titles: readonly [string, string] = ['One', 'Two']) {
  return decideDuplicate(articleOf(titles[0], a), articleOf(titles[1], b));
}

function articleOf(title: string, text: string) {
  return { titleHash: titleHash(title), contentHash: `${title}/${text}`, text: compareReady(text) };
}

/** So many words that occur once each. */
function words(from: number, count: number): string {
  const letters = (n: number): string =>
    String.fromCharCode(97 + (n % 26)) + (n < 26 ? '' : letters(Math.floor(n / 26)));
  return Array.from({ length: count }, (_, n) => letters(from + n)).join(' ');
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(fc.constantFrom('Ada', 'of', '7', '1,000', '。', '三', 'ก', 'Mr.', '\n', '\ud83d'))
    .map((parts) => parts.join(' ')),
);

describe('the signature of a text', () => {
  it('is the same for the same words, whatever their case, punctuation and forms of letters', () => {
    expect(signText('Café society, reopened!')).toEqual(
      signText('CAFE\u0301 — society “reopened”'),
    );
    expect(signText('It cost 1,000 crowns.')).toEqual(signText('It cost 1000 crowns'));
    expect(signText('It cost 1.5 crowns.')).not.toEqual(signText('It cost 15 crowns'));
  });

  it('is none where there is no word', () => {
    expect(signText(' … — \n')).toBeNull();
  });

  it('tells how much two texts share', () => {
    for (const kept of [100, 250, 400, 480]) {
      const [a, b] = [words(0, 500), `${words(0, kept)} ${words(9_000, 500 - kept)}`];
      const [first, second] = [signText(a)!, signText(b)!];
      const exact = similarityOf(compareReady(a), compareReady(b));
      expect(Math.abs(estimateSimilarity(first.sketch, second.sketch) - exact)).toBeLessThan(0.15);
    }
  });

  it('shares bands with that of an edited text and none with that of another', () => {
    const original = new Set(signText(words(0, 400))?.bands);
    const shared = (text: string) =>
      signText(text)?.bands.filter((band) => original.has(band)).length;
    expect(shared(`${words(0, 330)} ${words(5_000, 70)}`)).toBeGreaterThan(0);
    expect(shared(words(5_000, 400))).toBe(0);
  });

  it('is made of anything, and in the same way each time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(signText(text)).toEqual(signText(text));
        expect(readWords(text).hashes.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('takes no longer for a huge text than for a long one', () => {
    const long = words(0, 20_000);
    expect(signText(`${long} ${words(50_000, 9_000)}`)).toEqual(signText(long));
  });
});

describe('the words of a text', () => {
  const kindsOf = (text: string) => Array.from(readWords(text).kinds);

  it('are names where a capital stands within a sentence', () => {
    expect(kindsOf('She met Grace. Then they left')).toEqual([0, 0, NAME, 0, 0, 0]);
    expect(kindsOf('He met Mr. Jones')).toEqual([0, 0, NAME, NAME]);
  });

  it('are numbers in the digits of any script', () => {
    expect(kindsOf('at 7 or ٧ or 三')).toEqual([0, NUMBER, 0, NUMBER, 0, NUMBER]);
    const [seven, arabic] = [readWords('7').hashes[0], readWords('٧').hashes[0]];
    expect(seven).toBe(arabic);
  });

  it('are letters in scripts without spaces, of which more make a shingle', () => {
    expect(readWords('北京天气').hashes).toHaveLength(4);
    expect([readWords('北京天气').shingleLength, readWords('one two').shingleLength]).toEqual([
      4, 3,
    ]);
  });
});

describe('two articles', () => {
  const original = words(0, 300);

  it('are duplicates when one is an edited copy of the other', () => {
    expect(verdict(original, original)).toEqual({ isDuplicate: true, similarity: 1 });
    expect(verdict(original, `${words(0, 255)} ${words(9_000, 45)}`).isDuplicate).toBe(true);
  });

  it('are duplicates when a client of an agency framed the text', () => {
    const framed = `${words(7_000, 20)}\n\n${original}\n\n${words(8_000, 60)}`;
    expect(verdict(original, framed).isDuplicate).toBe(true);
  });

  it('are none where each has a passage to itself', () => {
    const boilerplate = words(20_000, 300);
    const [a, b] = [`${words(0, 100)} ${boilerplate}`, `${words(5_000, 100)} ${boilerplate}`];
    expect(verdict(a, b)).toEqual({ isDuplicate: false, similarity: expect.closeTo(0.6, 1) });
  });

  it('are none where a template was filled in with other numbers', () => {
    const fill = (n: number) =>
      Array.from({ length: 12 }, (_, k) => `${words(k * 9, 9)} at ${n * (k + 3)} points`).join(
        '. ',
      );
    expect(verdict(fill(7), fill(11)).isDuplicate).toBe(false);
  });

  it('are none where a template was filled in with other names', () => {
    const fill = (name: string) =>
      Array.from({ length: 4 }, (_, k) => `${words(k * 25, 25)} of ${name} said`).join('. ');
    expect(verdict(fill('Ada Byron'), fill('Charles Babbage')).isDuplicate).toBe(false);
    expect(verdict(fill('Ada Byron'), fill('Ada Byron')).isDuplicate).toBe(true);
  });

  it('are still duplicates when one figure of many was corrected', () => {
    const text = Array.from({ length: 8 }, (_, k) => `${words(k * 12, 12)} in ${k + 3} towns`).join(
      '. ',
    );
    expect(verdict(text, text.replace('in 5 towns', 'in 6 towns')).isDuplicate).toBe(true);
  });

  it('of few words are duplicates under one title alone', () => {
    const notice = words(0, 12);
    expect(verdict(notice, notice).isDuplicate).toBe(false);
    expect(verdict(notice, notice, ['Storm warning', 'STORM: warning']).isDuplicate).toBe(true);
  });

  it('are judged in the same way from either side', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(verdict(a, b)).toEqual(verdict(b, a));
        expect(verdict(a, `${a} ${b}`).similarity).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('of thousands of numbers are compared without delay', () => {
    const table = (n: number) =>
      Array.from({ length: 19_000 }, (_, k) => String((k * n) % 9_973)).join(' ');
    expect(verdict(table(7), table(11)).isDuplicate).toBe(false);
  });
});
