import { addressId } from '@broadsheet/article';
import type { RawArticle } from '@broadsheet/contracts';
import { ExportedArticle } from '../export-articles/exported-article.ts';

const MAX_HINT_CHARACTERS = 2_000;
const MAX_LIST_ENTRIES = 100;
const MAX_ENTRY_CHARACTERS = 500;
const MAX_SUMMARY_CHARACTERS = 20_000;
const MAX_LANGUAGE_CHARACTERS = 35;

/** What an import needs of an exported line; more may be there, less may not. */
const ImportedArticle = ExportedArticle.pick({
  url: true,
  canonicalUrl: true,
  source: true,
  title: true,
  description: true,
  authors: true,
  publishedAt: true,
  publishedAtPrecision: true,
  publishedAtOffset: true,
  language: true,
  text: true,
  image: true,
  categories: true,
})
  .loose()
  .extend({
    id: ExportedArticle.shape.id.optional(),
    fetchedAt: ExportedArticle.shape.fetchedAt.optional(),
  });
type ImportedArticle = ReturnType<typeof ImportedArticle.parse>;

/**
 * An exported line as it is pushed; anything else stays as it is, and is refused, or taken for a RawArticle,
 * where every push is.
 */
export function toRawArticle(line: Buffer): Buffer {
  const article = ImportedArticle.safeParse(parsed(line));
  return article.success ? Buffer.from(JSON.stringify(rawOf(article.data))) : line;
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return null;
  }
}

function rawOf(article: ImportedArticle): RawArticle {
  const url = addressOf(article);
  return {
    ...(url === null ? {} : { url }),
    contentType: 'text/plain',
    content: article.text,
    ...(article.fetchedAt === undefined ? {} : { fetchedAt: article.fetchedAt }),
    ...(article.source === null ? {} : { source: article.source }),
    hints: hintsOf(article),
  };
}

/** The address that gave the article its id, so that it gets the same one again. */
function addressOf({ id, url, canonicalUrl }: ImportedArticle): string | null {
  const isOwn = canonicalUrl !== null && id !== undefined && addressId(canonicalUrl) === id;
  return isOwn ? canonicalUrl : url;
}

function hintsOf(article: ImportedArticle): NonNullable<RawArticle['hints']> {
  const { title, description, language, image } = article;
  const publishedAt = publishedHint(article);
  return {
    title: title.slice(0, MAX_HINT_CHARACTERS),
    authors: shortened(article.authors),
    categories: shortened(article.categories),
    ...(description === null ? {} : { summary: description.slice(0, MAX_SUMMARY_CHARACTERS) }),
    ...(publishedAt === null ? {} : { publishedAt }),
    ...(language === null || language.length > MAX_LANGUAGE_CHARACTERS ? {} : { language }),
    ...(image === null || image.url.length > MAX_HINT_CHARACTERS ? {} : { imageUrl: image.url }),
  };
}

function shortened(entries: readonly string[]): string[] {
  return entries.slice(0, MAX_LIST_ENTRIES).map((entry) => entry.slice(0, MAX_ENTRY_CHARACTERS));
}

/** With the precision and the offset it was written with. */
function publishedHint(article: ImportedArticle): string | null {
  const { publishedAt, publishedAtPrecision: precision, publishedAtOffset: offset } = article;
  if (publishedAt === null) return null;
  if (precision === 'day') return publishedAt.slice(0, 10);
  const written = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? '');
  const minutes = written === null ? 0 : Number(written[2]) * 60 + Number(written[3]);
  const shiftMs = minutes * 60_000 * (written?.[1] === '-' ? -1 : 1);
  const local = new Date(Date.parse(publishedAt) + shiftMs).toISOString();
  return `${local.slice(0, precision === 'minute' ? 16 : 19)}${written === null ? 'Z' : written[0]}`;
}
