import type { ArticleArrival } from '@broadsheet/persistence';
import { articleArrival } from '@broadsheet/testing';
import { addressOf } from './bench-address.ts';
import { randomFrom } from './corpus.ts';
import { LANGUAGES, type LanguageModel, languageModels } from './language-models.ts';

/** Planted words, each in a known share of the articles, so that a query's size is known beforehand. */
export const PLANTED = {
  rare: { word: 'zarquon', share: 0.0001 },
  uncommon: { word: 'vexilla', share: 0.01 },
  common: { word: 'quorint', share: 0.3 },
  alsoCommon: { word: 'halvex', share: 0.3 },
} as const;
/** Share of the articles in which the two common words stand side by side. */
const PHRASE_SHARE = 0.03;

const CATEGORIES = ['world', 'business', 'sport', 'culture', 'science', 'travel', 'local'];
const SITES = 2_000;
const FIRST_DAY_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;
const MAX_DELAY_MINUTES = 24 * 60;
const SENTENCE_WORDS = 17;
const SENTENCES_PER_PARAGRAPH = 3;

/** When an article of this serial was seen: later than it was published. */
export function seenAt(serial: number): Date {
  return new Date(FIRST_DAY_MS + (serial + MAX_DELAY_MINUTES) * MINUTE_MS);
}

/** Articles in about the order of their dates, of many sites and ten languages; each serial has its own address. */
export function* searchCorpus(
  seed: number,
  textBytes: number,
  firstSerial = 0,
): Generator<ArticleArrival, never> {
  const random = randomFrom(seed);
  const models = languageModels(random);
  for (let serial = firstSerial; ; serial += 1) {
    const language = pick(LANGUAGES, random);
    const model = models.get(language);
    if (model === undefined) throw new Error(`there are no words of ${language}`);
    yield articleOf(serial, model, textBytes, random);
  }
}

function articleOf(
  serial: number,
  model: LanguageModel,
  textBytes: number,
  random: () => number,
): ArticleArrival {
  const title = `${model.sentence(8, random)} ${serial}`;
  const description = `${model.sentence(22, random)}.`;
  const paragraphs = paragraphsOf(model, textBytes, random);
  const text = planted(paragraphs.join('\n\n'), random);
  // Few sites write much and many write little.
  const site = `site${Math.floor(SITES ** random())}.example`;
  const { id, url } = addressOf(`https://${site}/${serial}`);
  const publishedMs =
    FIRST_DAY_MS + (serial + Math.floor(random() * MAX_DELAY_MINUTES)) * MINUTE_MS;
  const fetchedAt = seenAt(serial).toISOString();
  const { article } = articleArrival({
    id,
    url,
    canonicalUrl: url,
    addresses: [{ addressId: id, url }],
    site,
    source: { id: site, name: `The ${site}` },
    title: model.asWritten(title),
    description: model.asWritten(description),
    text: model.asWritten(text),
    html: model.asWritten(`<p>${text.replaceAll('\n\n', '</p><p>')}</p>`),
    language: model.language,
    authors: [`Writer ${Math.floor(random() * 300)}`],
    categories: [pick(CATEGORIES, random)],
    keywords: [model.word(random), model.word(random)],
    publishedAt: new Date(publishedMs).toISOString(),
    publishedAtPrecision: 'minute',
    provenance: {
      title: { from: 'json-ld', rivals: [] },
      publishedAt: { from: 'meta', rivals: [] },
      text: { from: 'visible', rivals: [] },
    },
    version: { fetchedAt, appendedAt: fetchedAt, parserGeneration: 1 },
    causedBy: { topic: 'articles.raw', partition: serial % 12, offset: String(serial) },
  });
  return { article, search: { title, description, body: text } };
}

function paragraphsOf(model: LanguageModel, textBytes: number, random: () => number): string[] {
  const paragraphs: string[] = [];
  for (let bytes = 0; bytes < textBytes;) {
    const sentences = Array.from({ length: SENTENCES_PER_PARAGRAPH }, () =>
      model.sentence(SENTENCE_WORDS, random),
    );
    const paragraph = `${sentences.join('. ')}.`;
    paragraphs.push(paragraph);
    bytes += paragraph.length * model.bytesPerCharacter;
  }
  return paragraphs;
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

function pick(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() * values.length)] ?? '';
}
