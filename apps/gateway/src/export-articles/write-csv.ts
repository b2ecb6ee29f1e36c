import type { ExportedArticle } from './exported-article.ts';

type Cell = (article: ExportedArticle) => string | number | boolean | null;

const COLUMNS: readonly (readonly [string, Cell])[] = [
  ['id', (article) => article.id],
  ['url', (article) => article.url],
  ['canonicalUrl', (article) => article.canonicalUrl],
  ['site', (article) => article.site],
  ['source', ({ source }) => source?.name ?? source?.id ?? null],
  ['title', (article) => article.title],
  ['description', (article) => article.description],
  ['dateline', (article) => article.dateline],
  ['authors', (article) => article.authors.join('; ')],
  ['publishedAt', (article) => article.publishedAt],
  ['publishedAtPrecision', (article) => article.publishedAtPrecision],
  ['modifiedAt', (article) => article.modifiedAt],
  ['language', (article) => article.language],
  ['text', (article) => article.text],
  ['imageUrl', ({ image }) => image?.url ?? null],
  ['section', (article) => article.section],
  ['categories', (article) => article.categories.join('; ')],
  ['keywords', (article) => article.keywords.join('; ')],
  ['wordCount', (article) => article.wordCount],
  ['paywalled', (article) => article.paywalled],
  ['truncated', (article) => article.truncated],
  ['revision', (article) => article.revision],
  ['firstSeenAt', (article) => article.firstSeenAt],
  ['updatedAt', (article) => article.updatedAt],
  ['fetchedAt', (article) => article.fetchedAt],
];

/** RFC 4180, with a header line. */
export const CSV_HEADER = `${COLUMNS.map(([name]) => name).join(',')}\r\n`;

export function toCsvLine(article: ExportedArticle): string {
  return `${COLUMNS.map(([, cell]) => cellOf(cell(article))).join(',')}\r\n`;
}

/** What makes a spreadsheet take a cell for a formula, also in its full-width forms. */
const FORMULA = /^[=+\-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}]/u;

function cellOf(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  // An apostrophe makes it a text again, and is not shown.
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
