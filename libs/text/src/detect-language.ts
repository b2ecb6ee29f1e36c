import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Statistics from 'eld/extrasmall';
import { FUNCTION_WORDS } from './function-words.ts';

const loadModule = createRequire(import.meta.url);
let statistics: typeof Statistics.eld | null = null;

const SAMPLE_CHARACTERS = 2_000;
const STATISTICS_CHARACTERS = 1_000;
const MIN_LETTERS = 40;
const MIN_FUNCTION_WORDS = 4;
const MIN_SHARE = 0.12;
const MIN_LEAD = 1.15;
const MIN_WITNESSES = 2;

/** Anything but Latin, Cyrillic, Arabic and punctuation, as plain ranges: a quick no for most texts. */
const BEYOND_LATIN = /[\u0370-\u03ff\u0530-\u05ff\u0900-\u1dff\u2e80-\ud7ff\uf900-\ufaff]/;

/** Scripts that one written language stands for in the news. */
const LANGUAGE_OF_SCRIPT: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Kannada}/gu, 'kn'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Sinhala}/gu, 'si'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Myanmar}/gu, 'my'],
  [/\p{Script=Ethiopic}/gu, 'am'],
];

/** Letters that among the languages of one script only one writes, or two. */
const LETTERS_OF_LANGUAGE: readonly (readonly [RegExp, ...string[]])[] = [
  [/[ѓќѕ]/giu, 'mk'],
  [/[ђћ]/giu, 'sr'],
  [/[јљњџ]/giu, 'sr', 'mk'],
  [/ъ/giu, 'bg'],
  [/ў/giu, 'be'],
  [/[їєґ]/giu, 'uk'],
  [/[řěů]/giu, 'cs'],
  [/[ľĺŕ]/giu, 'sk'],
  [/ł/giu, 'pl'],
  [/[țș]/giu, 'ro'],
  [/[őű]/giu, 'hu'],
];

interface Hit {
  readonly words: number;
  readonly weight: number;
}
type Hits = ReadonlyMap<string, Hit>;

const LANGUAGES_OF_WORD = new Map<string, string[]>();
for (const [key, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of new Set(words.split(' '))) {
    const languages = LANGUAGES_OF_WORD.get(word) ?? [];
    languages.push(key.split('_')[0] ?? key);
    LANGUAGES_OF_WORD.set(word, languages);
  }
}

/**
 * Language of running text as a BCP 47 tag; null for short or mixed text. By script where that is
 * enough, else by function words, which costs a fiftieth of n-gram statistics; those decide the rest.
 */
export function detectLanguage(text: string): string | null {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const byScript = BEYOND_LATIN.test(sample) ? languageByScript(sample, letters) : null;
  if (byScript !== null) return byScript;
  if (letters < MIN_LETTERS) return null;
  const hits = hitsByLanguage(words, sample);
  return languageByFunctionWords(hits, words.length) ?? languageByStatistics(sample, hits);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Kana and Han both count for Japanese, which mixes them; fewer letters tell more than in an alphabet. */
function languageByScript(sample: string, letters: number): string | null {
  if (letters < 10) return null;
  const kana = count(sample, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(sample, /\p{Script=Han}/gu);
  if (kana + han > letters / 2) return kana > letters * 0.1 ? 'ja' : 'zh';
  const [, language] =
    LANGUAGE_OF_SCRIPT.find(([script]) => count(sample, script) > letters / 2) ?? [];
  return language ?? null;
}

function languageByFunctionWords(hits: Hits, wordCount: number): string | null {
  const [best, second] = [...hits].sort(([, a], [, b]) => b.weight - a.weight);
  if (!best || best[1].words < Math.max(MIN_FUNCTION_WORDS, wordCount * MIN_SHARE)) return null;
  return best[1].weight >= (second?.[1].weight ?? 0) * MIN_LEAD ? best[0] : null;
}

/** A word that few languages know tells more of those; a letter of one alone tells as much as a word. */
function hitsByLanguage(words: readonly string[], sample: string): Hits {
  const hits = new Map<string, Hit>();
  const add = (language: string, weight: number): void => {
    const hit = hits.get(language) ?? { words: 0, weight: 0 };
    hits.set(language, { words: hit.words + 1, weight: hit.weight + weight });
  };
  for (const word of words) {
    const languages = LANGUAGES_OF_WORD.get(word) ?? [];
    for (const language of languages) add(language, 1 / languages.length);
  }
  for (const [letters, ...languages] of LETTERS_OF_LANGUAGE)
    for (let seen = count(sample, letters); seen > 0; seen--)
      for (const language of languages) add(language, 1 / languages.length);
  return hits;
}

/** The statistics know Malay and Indonesian as one, and no Macedonian; what is not sure needs a word as witness. */
function languageByStatistics(sample: string, hits: Hits): string | null {
  // Tables of 70 MB, which only those need who meet a text that its words do not tell.
  statistics ??= (
    loadModule(fileURLToPath(import.meta.resolve('eld/extrasmall'))) as typeof Statistics
  ).eld;
  const found = statistics.detect(sample.slice(0, STATISTICS_CHARACTERS));
  const language = relativeOf(found.language, hits);
  if (found.isReliable()) return language;
  return (hits.get(language)?.words ?? 0) >= MIN_WITNESSES ? language : null;
}

function relativeOf(language: string, hits: Hits): string {
  const weigh = (code: string): number => hits.get(code)?.weight ?? 0;
  if (language === 'ms') return weigh('ms') > weigh('id') ? 'ms' : 'id';
  if (language === 'sr' || language === 'bg')
    return weigh('mk') > weigh(language) ? 'mk' : language;
  return language;
}
