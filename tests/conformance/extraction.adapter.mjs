// What the scorer of ../shared/extraction calls: our extractor, its fields renamed.
import { BodyRecorder, extractPage } from '../../libs/extraction/src/index.ts';

const FETCHED_AT = new Date().toISOString();

export const name = 'broadsheet';

export function extract({ html, url }) {
  const options = { url: url ?? null, hints: {}, fetchedAt: FETCHED_AT };
  const extraction = extractPage(html, options);
  const read = extraction.kind === 'article' ? extraction.article : refusedFields(html, options);
  if (read === null) return null;
  const { title, text = '', authors, declaredLanguage, publishedAt, publishedAtOffset } = read;
  return {
    title,
    text,
    authors,
    language: declaredLanguage,
    published: publishedAt === null ? null : asWritten(publishedAt, publishedAtOffset),
  };
}

/** The sets label the fields of every page: for one that is no article, what an explanation shows. */
function refusedFields(html, options) {
  const recorder = new BodyRecorder();
  extractPage(html, { ...options, recorder });
  return recorder.refused;
}

/** The labels are calendar days where the article was written, or in UTC: the offset tells both. */
function asWritten(utc, offset) {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? '') ?? [];
  if (sign === undefined) return utc.slice(0, 10);
  const shiftMinutes = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const wallClock = new Date(Date.parse(utc) + shiftMinutes * 60_000).toISOString();
  return `${wallClock.slice(0, 19)}${offset}`;
}
