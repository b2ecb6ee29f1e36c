import type { ArticleArrival } from '@broadsheet/persistence';
import { articleArrival } from '@broadsheet/testing';
import { addressOf } from './bench-address.ts';
import { corpus, randomFrom } from './corpus.ts';

/** Planted words, each in a known share of the articles, so that a query's size is known beforehand. */
export const PLANTED = {
  rare: { word: 'zarquon', share: 0.0001 },
  uncommon: { word: 'vexilla', share: 0.01 },
  common: { word: 'quorint', share: 0.3 },
  alsoCommon: { word: 'halvex', share: 0.3 },
} as const;
/** Share of the articles in which the two common words stand side by side. */
const PHRASE_SHARE = 0.03;

const LANGUAGES = ['en', 'en', 'en', 'de', 'fr', 'es', 'it', 'pt', 'ru', 'nl', 'sv', 'tr'];
const CATEGORIES = ['world', 'business', 'sport', 'culture', 'science', 'travel', 'local'];
const SITES = 2_000;
const FIRST_DAY_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;
const MAX_DELAY_MINUTES = 24 * 60;

/** Articles in about the order of their dates, of many sites and ten languages. */
export function* searchCorpus(seed: number, textBytes: number): Generator<ArticleArrival, never> {
  const random = randomFrom(seed + 1_000);
  const texts = corpus(seed, textBytes);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)];
  for (let serial = 0; ; serial += 1) {
    const { title, paragraphs } = texts.next().value;
    const text = planted(paragraphs.join('\n\n'), random);
    // Few sites write much and many write little.
    const site = `site${Math.floor(SITES ** random())}.example`;
    const { id, url } = addressOf(`https://${site}/${serial}`);
    const minutes = serial + Math.floor(random() * MAX_DELAY_MINUTES);
    yield articleArrival({
      id,
      url,
      addresses: [{ addressId: id, url }],
      site,
      source: { id: site, name: `The ${site}` },
      title,
      text,
      html: `<p>${text}</p>`,
      language: pick(LANGUAGES) ?? 'en',
      authors: [`Writer ${Math.floor(random() * 300)}`],
      categories: [pick(CATEGORIES) ?? 'world'],
      publishedAt: new Date(FIRST_DAY_MS + minutes * MINUTE_MS).toISOString(),
      publishedAtPrecision: 'minute',
    });
  }
}

function planted(text: string, random: () => number): string {
  let words = text;
  for (const { word, share } of Object.values(PLANTED)) {
    if (random() < share) words = inserted(words, word, random);
  }
  if (random() < PHRASE_SHARE) {
    words = inserted(words, `${PLANTED.common.word} ${PLANTED.alsoCommon.word}`, random);
  }
  return words;
}

function inserted(text: string, words: string, random: () => number): string {
  const at = text.indexOf(' ', Math.floor(random() * text.length * 0.9));
  return `${text.slice(0, at)} ${words}${text.slice(at)}`;
}
