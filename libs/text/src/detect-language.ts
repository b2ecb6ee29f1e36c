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
  const hits = hitsByLanguage(words);
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

function languageByFunctionWords(
  hits: ReadonlyMap<string, number>,
  wordCount: number,
): string | null {
  const [best, second] = [...hits].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < Math.max(MIN_FUNCTION_WORDS, wordCount * MIN_SHARE)) return null;
  return best[1] >= (second?.[1] ?? 0) * MIN_LEAD ? best[0] : null;
}

function hitsByLanguage(words: readonly string[]): Map<string, number> {
  const hits = new Map<string, number>();
  for (const word of words) {
    for (const language of LANGUAGES_OF_WORD.get(word) ?? []) {
      hits.set(language, (hits.get(language) ?? 0) + 1);
    }
  }
  return hits;
}

/** The statistics know Malay and Indonesian as one, of which Indonesian is by far the more written. */
function languageByStatistics(sample: string, hits: ReadonlyMap<string, number>): string | null {
  // Tables of 70 MB, which only those need who meet a text that its words do not tell.
  statistics ??= (
    loadModule(fileURLToPath(import.meta.resolve('eld/extrasmall'))) as typeof Statistics
  ).eld;
  const found = statistics.detect(sample.slice(0, STATISTICS_CHARACTERS));
  if (!found.isReliable()) return null;
  const isMalay = (hits.get('ms') ?? 0) > (hits.get('id') ?? 0) + 1;
  return found.language === 'ms' && !isMalay ? 'id' : found.language;
}
