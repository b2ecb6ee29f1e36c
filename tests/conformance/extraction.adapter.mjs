// What the scorer of ../shared/extraction calls: our extractor, its fields renamed.
import { extractPage } from '../../libs/extraction/src/index.ts';

export const name = 'broadsheet';

export function extract({ html, url }) {
  const extraction = extractPage(html, { url: url ?? null, hints: {} });
  if (extraction.kind !== 'article') return null;
  const { title, text, authors, declaredLanguage, publishedAt, publishedAtOffset } =
    extraction.article;
  return {
    title,
    text,
    authors,
    language: declaredLanguage,
    published: publishedAt === null ? null : dayAsWritten(publishedAt, publishedAtOffset),
  };
}

/** The labels are calendar days where the article was written, not in UTC. */
function dayAsWritten(utc, offset) {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? '') ?? [];
  const shiftMinutes = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  return new Date(Date.parse(utc) + shiftMinutes * 60_000).toISOString().slice(0, 10);
}
