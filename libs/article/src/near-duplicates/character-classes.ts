/** What a UTF-16 code unit is to the reader of words. */
export const SEPARATOR = 0;
export const SENTENCE_END = 1;
export const LETTER = 2;
export const CAPITAL = 3;
export const DIGIT = 4;
/** A letter of a script without spaces that is a word, or most of one, by itself: Han and kana. */
export const IDEOGRAPH = 5;
/** A letter of a script without spaces that spells words out: Thai, Lao, Khmer, Burmese. */
export const UNSPACED_LETTER = 6;

const CODE_UNITS = 0x1_0000;

export interface CharacterClasses {
  readonly classes: Uint8Array;
  /** The code unit in lower case; of a decimal digit of any script, the ASCII digit. */
  readonly folded: Uint16Array;
}

const SENTENCE_ENDS = /[.!?…:;"“”„«»()\n\u3002\uff01\uff1f\u300c\u300d]/u;
// Halves of surrogate pairs are letters: words of rare scripts, and emoji, compare by their code units.
const LETTERS = /[\p{L}\p{M}\p{N}\p{Cs}]/u;
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const ZERO = 0x30;

let tables: CharacterClasses | null = null;

/** Made when first needed: it takes some ten milliseconds that most processes never have to spend. */
export function characterClasses(): CharacterClasses {
  tables ??= makeTables();
  return tables;
}

function makeTables(): CharacterClasses {
  const classes = new Uint8Array(CODE_UNITS);
  const folded = new Uint16Array(CODE_UNITS);
  let digitsInRow = 0;
  for (let unit = 0; unit < CODE_UNITS; unit += 1) {
    const character = String.fromCharCode(unit);
    classes[unit] = classOf(character);
    digitsInRow = classes[unit] === DIGIT ? digitsInRow + 1 : 0;
    // The decimal digits of every script stand in a row from 0 to 9.
    folded[unit] = digitsInRow > 0 ? ZERO + ((digitsInRow - 1) % 10) : lowerCase(character);
  }
  return { classes, folded };
}

function classOf(character: string): number {
  if (/\p{Nd}/u.test(character)) return DIGIT;
  if (!LETTERS.test(character)) {
    return SENTENCE_ENDS.test(character) ? SENTENCE_END : SEPARATOR;
  }
  if (IDEOGRAPHS.test(character)) return IDEOGRAPH;
  if (UNSPACED.test(character)) return UNSPACED_LETTER;
  return /\p{Lu}/u.test(character) ? CAPITAL : LETTER;
}

function lowerCase(character: string): number {
  const lower = character.toLowerCase();
  return (lower.length === 1 ? lower : character).charCodeAt(0);
}
