import {
  CAPITAL,
  characterClasses,
  type CharacterClasses,
  DIGIT,
  IDEOGRAPH,
  LETTER,
  SENTENCE_END,
  SEPARATOR,
  UNSPACED_LETTER,
} from './character-classes.ts';
import { spread } from './hash-mixing.ts';

export const WORD = 0;
export const NUMBER = 1;
/** Written with a capital within a sentence. */
export const NAME = 2;

/** Beyond it a text is compared by its beginning, so that no text takes long. */
const MAX_WORDS = 20_000;
/** Words in a row that make a shingle; in scripts without spaces, letters. */
const SHINGLE_WORDS = 3;
const SHINGLE_IDEOGRAPHS = 4;
const SHINGLE_UNSPACED_LETTERS = 8;
/** "Mr.", "St.", "U.S.": a full stop behind so few letters ends no sentence. */
const MAX_ABBREVIATION = 3;

/** The words of a text in their order; in scripts without spaces, its letters. */
export interface WordList {
  /** 32-bit hashes, blind to case. */
  readonly hashes: Int32Array;
  /** WORD, NUMBER or NAME for each. */
  readonly kinds: Uint8Array;
  /** How many of them in a row make a shingle. */
  readonly shingleLength: number;
}

const FNV_OFFSET = 0x811c_9dc5;
const FNV_PRIME = 0x0100_0193;
const POINT = 0x2e;
const COMMA = 0x2c;
const HAN_NUMERALS = new Set(Array.from('二三四五六七八九十百', (one) => one.charCodeAt(0)));

export function readWords(text: string): WordList {
  return new WordReader(text.normalize('NFC')).read();
}

class WordReader {
  private readonly tables: CharacterClasses = characterClasses();
  private readonly text: string;
  private readonly hashes: Int32Array;
  private readonly kinds: Uint8Array;
  private count = 0;
  private ideographs = 0;
  private unspacedLetters = 0;
  private isSentenceStart = true;
  private place = 0;

  constructor(text: string) {
    this.text = text;
    const most = Math.min(text.length, MAX_WORDS);
    this.hashes = new Int32Array(most);
    this.kinds = new Uint8Array(most);
  }

  read(): WordList {
    while (this.place < this.text.length && this.count < this.hashes.length) this.step();
    return {
      hashes: this.hashes.subarray(0, this.count),
      kinds: this.kinds.subarray(0, this.count),
      shingleLength: this.shingleLength(),
    };
  }

  private step(): void {
    const unit = this.text.charCodeAt(this.place);
    const kind = this.tables.classes[unit] ?? SEPARATOR;
    if (kind === SEPARATOR) this.place += 1;
    else if (kind === SENTENCE_END) {
      this.isSentenceStart = true;
      this.place += 1;
    } else if (kind === IDEOGRAPH || kind === UNSPACED_LETTER) {
      if (kind === IDEOGRAPH) this.ideographs += 1;
      else this.unspacedLetters += 1;
      this.add(spread(unit), HAN_NUMERALS.has(unit) ? NUMBER : WORD);
      this.place += 1;
    } else this.readWord(kind);
  }

  private readWord(first: number): void {
    const start = this.place;
    this.add(this.hashWord(first), this.kindOf(first));
    this.isSentenceStart = false;
    const isAbbreviation = first === CAPITAL && this.place - start <= MAX_ABBREVIATION;
    if (isAbbreviation && this.text.charCodeAt(this.place) === POINT) this.place += 1;
  }

  private kindOf(first: number): number {
    if (first === DIGIT) return NUMBER;
    return first === CAPITAL && !this.isSentenceStart ? NAME : WORD;
  }

  private hashWord(first: number): number {
    const { text, tables } = this;
    let hash = FNV_OFFSET;
    let end = this.place;
    for (let kind = first; kind >= LETTER && kind <= DIGIT;) {
      hash = Math.imul(hash ^ (tables.folded[text.charCodeAt(end)] ?? 0), FNV_PRIME);
      end += 1;
      if (kind === DIGIT && this.isDigitSeparator(end)) {
        if (!this.isGroupOfThree(end)) hash = Math.imul(hash ^ POINT, FNV_PRIME);
        end += 1;
      }
      kind = tables.classes[text.charCodeAt(end)] ?? SEPARATOR;
    }
    this.place = end;
    return spread(hash);
  }

  /** A point or comma between two digits. */
  private isDigitSeparator(place: number): boolean {
    const unit = this.text.charCodeAt(place);
    return (unit === POINT || unit === COMMA) && this.isDigit(place + 1);
  }

  /** 1,000 is 1000, but 1.5 is not 15. */
  private isGroupOfThree(place: number): boolean {
    return this.isDigit(place + 2) && this.isDigit(place + 3) && !this.isDigit(place + 4);
  }

  private isDigit(place: number): boolean {
    return place < this.text.length && this.tables.classes[this.text.charCodeAt(place)] === DIGIT;
  }

  private add(hash: number, kind: number): void {
    this.hashes[this.count] = hash;
    this.kinds[this.count] = kind;
    this.count += 1;
  }

  private shingleLength(): number {
    if (this.unspacedLetters * 2 > this.count) return SHINGLE_UNSPACED_LETTERS;
    return this.ideographs * 2 > this.count ? SHINGLE_IDEOGRAPHS : SHINGLE_WORDS;
  }
}
