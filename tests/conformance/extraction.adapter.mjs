// What the scorer of ../shared/extraction calls: our extractor, its fields renamed.
import { extractPage } from '../../libs/extraction/src/index.ts';

const FETCHED_AT = new Date().toISOString();

export const name = 'broadsheet';

export function extract({ html, url }) {
  const extraction = extractPage(html, { url: url ?? null, hints: {}, fetchedAt: FETCHED_AT });
  if (extraction.kind !== 'article') return null;
  const { title, text, authors, declaredLanguage, publishedAt, publishedAtOffset } =
    extraction.article;
  return {
    title,
    text,
    authors,
    language: declaredLanguage,
    published: publishedAt === null ? null : asWritten(publishedAt, publishedAtOffset),
  };
}

/** The labels are calendar days where the article was written, or in UTC: the offset tells both. */
function asWritten(utc, offset) {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? '') ?? [];
  if (sign === undefined) return utc.slice(0, 10);
  const shiftMinutes = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const wallClock = new Date(Date.parse(utc) + shiftMinutes * 60_000).toISOString();
  return `${wallClock.slice(0, 19)}${offset}`;
}
