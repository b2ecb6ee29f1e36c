/** Ten languages; some are written more than others. */
export const LANGUAGES = 'en en en en de de fr fr es es it pt ru ru ar tr sv zh'.split(' ');

const VOCABULARY = 60_000;
const FUNCTION_WORD_SHARE = 0.4;
const NUMBER_SHARE = 0.01;
const MAX_NUMBER = 100_000;

interface Spelling {
  readonly syllables: string;
  readonly functionWords: string;
}

const LATIN = 'ba con der el fi gra ho in jur ka lor min nor op pre qua res sta tor un ver wil';
const SPELLINGS: Readonly<Record<string, Spelling>> = {
  en: {
    syllables: LATIN,
    functionWords: 'the of and to in a that is for on with as by at from it',
  },
  de: {
    syllables: `${LATIN} ü schä ung`,
    functionWords: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein',
  },
  fr: {
    syllables: `${LATIN} é è tion`,
    functionWords: 'de la le et les des en un du une que est pour qui dans par plus pas',
  },
  es: {
    syllables: `${LATIN} ñó ción a`,
    functionWords: 'de la que el en y a los del se las por un para con no una su',
  },
  it: { syllables: `${LATIN} zio chi`, functionWords: 'di che e la il un a per in una mi sono ho' },
  pt: { syllables: `${LATIN} ção nh`, functionWords: 'de a o que e do da em um para com não uma' },
  ru: {
    syllables: 'ба ко де ле фи гра хо ин жу ка ло ми но по пре ква ре ста то ун ве ви ть ый',
    functionWords: 'и в не на я что с по это она этот к но они мы весь который из у',
  },
  ar: {
    syllables: 'با كو در لي في جرا هو ين جر كا لو مي نو بر قا رس ستا تو ون',
    functionWords: 'في من على أن إلى هذا التي عن مع كان ما لا هو بين',
  },
  tr: {
    syllables: `${LATIN} ı şe çü ğa`,
    functionWords: 've bir bu da de için ile çok gibi daha ne kadar olan',
  },
  sv: {
    syllables: `${LATIN} å ät ö`,
    functionWords: 'och i att det som en på är av för med till den har de inte om ett',
  },
  zh: {
    syllables:
      '港 口 城 市 新 闻 船 员 周 末 学 校 河 桥 路 山 水 电 车 站 天 气 年 月 国 家 人 民',
    functionWords: '的 了 在 是 和 有 我 不 这 他 也 就 都',
  },
};

/** Made-up words of one language, frequent and rare as in a real one (Zipf's law). */
export class LanguageModel {
  /** In UTF-8, about. */
  readonly bytesPerCharacter: number;
  private readonly vocabulary: readonly string[];
  private readonly functionWords: readonly string[];
  private readonly hasSpaces: boolean;

  constructor(
    readonly language: string,
    { syllables, functionWords }: Spelling,
    random: () => number,
  ) {
    this.vocabulary = makeVocabulary(syllables.split(' '), random);
    this.functionWords = functionWords.split(' ');
    this.bytesPerCharacter = Buffer.byteLength(functionWords) / functionWords.length;
    this.hasSpaces = language !== 'zh';
  }

  word(random: () => number): string {
    const rank = Math.floor(this.vocabulary.length ** random()) - 1;
    return this.vocabulary[rank] ?? '';
  }

  sentence(words: number, random: () => number): string {
    let said = '';
    for (let n = 0; n < words; n += 1) said += (n === 0 ? '' : ' ') + this.anyWord(random);
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  }

  /** The segmented text as its readers know it: some languages put no blanks between words. */
  asWritten(text: string): string {
    return this.hasSpaces
      ? text
      : text.replaceAll(/ (?=\p{Script=Han})|(?<=\p{Script=Han}) /gu, '');
  }

  private anyWord(random: () => number): string {
    const kind = random();
    if (kind < NUMBER_SHARE) return String(Math.floor(random() * MAX_NUMBER));
    if (kind > FUNCTION_WORD_SHARE) return this.word(random);
    return this.functionWords[Math.floor(random() * this.functionWords.length)] ?? '';
  }
}

export function languageModels(random: () => number): ReadonlyMap<string, LanguageModel> {
  return new Map(
    Object.entries(SPELLINGS).map(([language, spelling]) => [
      language,
      new LanguageModel(language, spelling, random),
    ]),
  );
}

function makeVocabulary(syllables: readonly string[], random: () => number): string[] {
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    let word = '';
    for (let left = 2 + Math.floor(random() * 3); left > 0; left -= 1) {
      word += syllables[Math.floor(random() * syllables.length)] ?? '';
    }
    words.add(word);
  }
  return [...words];
}
