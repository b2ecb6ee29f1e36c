import { randomFrom } from '../corpus.ts';

const SYLLABLES =
  'ba con der el fi gra ho in jur ka lor min nor op pre qua res sta tor un ver wil'.split(' ');
const FUNCTION_WORDS =
  'the of and to in a that is for on with as by at from it was are has been would which not but their'.split(
    ' ',
  );
const VOCABULARY = 20_000;
const NAMES = 3_000;
const FUNCTION_SHARE = 0.42;
const NAME_SHARE = 0.06;
const NUMBER_SHARE = 0.025;
/** Common Chinese characters of which made-up texts are drawn; U+4E00 and what follows. */
const FIRST_IDEOGRAPH = 0x4e00;
const IDEOGRAPHS = 2_500;
const FIRST_THAI_LETTER = 0x0e01;
const THAI_LETTERS = 46;

/** Makes texts that look like news to whoever counts words: Zipf's law, names, numbers, sentences. */
export class MadeUpNews {
  readonly random: () => number;
  private readonly vocabulary: readonly string[];
  private readonly names: readonly string[];

  constructor(seed: number) {
    this.random = randomFrom(seed);
    this.vocabulary = Array.from({ length: VOCABULARY }, () => this.syllables(2));
    this.names = Array.from({ length: NAMES }, () => capitalised(this.syllables(2)));
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.random() * values.length)] as Value;
  }

  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  name(): string {
    return this.pick(this.names);
  }

  /** A plain word: frequent ones often, rare ones seldom. */
  word(): string {
    if (this.random() < FUNCTION_SHARE) return this.pick(FUNCTION_WORDS);
    const rank = Math.floor(VOCABULARY ** this.random()) - 1;
    return this.vocabulary[Math.max(0, rank)] ?? 'word';
  }

  sentence(words: number): string {
    const said = Array.from({ length: words }, () => this.token());
    return `${capitalised(said.join(' '))}.`;
  }

  /** Paragraphs of about so many words in all. */
  text(words: number): string {
    const paragraphs: string[] = [];
    for (let left = words; left > 0;) {
      const sentences = Array.from({ length: this.between(2, 4) }, () => this.between(9, 24));
      left -= sentences.reduce((sum, count) => sum + count, 0);
      paragraphs.push(sentences.map((count) => this.sentence(count)).join(' '));
    }
    return paragraphs.join('\n\n');
  }

  /** A text in a script without spaces; letters follow Zipf's law. */
  unspacedText(script: 'han' | 'thai', letters: number): string {
    let text = '';
    for (let n = 1; n <= letters; n += 1) {
      text += this.letter(script);
      if (n % 220 === 0) text += '。\n\n';
      else if (n % 27 === 0) text += script === 'han' ? '。' : ' ';
    }
    return text;
  }

  letter(script: 'han' | 'thai'): string {
    const [first, count] =
      script === 'han' ? [FIRST_IDEOGRAPH, IDEOGRAPHS] : [FIRST_THAI_LETTER, THAI_LETTERS];
    return String.fromCodePoint(first + Math.floor(count ** this.random()) - 1);
  }

  private token(): string {
    const kind = this.random();
    if (kind < NAME_SHARE) return this.name();
    if (kind < NAME_SHARE + NUMBER_SHARE) return String(this.between(2, 4_000));
    return this.word();
  }

  private syllables(least: number): string {
    const count = this.between(least, least + 2);
    return Array.from({ length: count }, () => this.pick(SYLLABLES)).join('');
  }
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
