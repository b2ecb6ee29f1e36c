import { parseDate, toStorableText, type ParsedDate } from '@broadsheet/text';
import { breaksOff } from './clean-up/breaks-off.ts';
import { articleLength } from './clean-up/cut-tail.ts';
import { capParagraphs, MAX_TEXT_BYTES, PARAGRAPH_BORDER } from './emission/cap-text.ts';
import { escapeHtml } from './emission/escape-html.ts';
import type { ExtractedArticle } from './extracted-article.ts';
import type { Extraction, ExtractionHints, TextOptions } from './extraction.ts';
import { isCredible } from './metadata/dates/read-date.ts';
import { Ladder, showList } from './metadata/ladder.ts';
import { withSlugsLast } from './metadata/headline-slugs.ts';
import { foldLine } from './phrases/fold-line.ts';
import { isFurniture } from './phrases/phrases.ts';
import { reportersIn, splitAuthors } from './plain-text/author-line.ts';
import { isBareDateline, readDateline, type Dateline } from './plain-text/dateline.ts';
import { dayBefore } from './plain-text/day-without-year.ts';
import { rewriteMailHeader } from './plain-text/mail-header.ts';
import { isMetaLine, readHead, type Head } from './plain-text/read-head.ts';
import { isListItem, splitParagraphs } from './plain-text/reflow-lines.ts';
import { authorsOfCredit, withoutSignOff } from './plain-text/sign-off.ts';

const MIN_CHARACTERS = 200;
const MIN_PARAGRAPHS = 2;
const SHORT_TEXT = 1_500;
const MOST_LINES_BEFORE_TEXT = 24;
/** More than the longest text that is kept: what comes later could only be cut off. */
const MAX_READ_LENGTH = 2 * MAX_TEXT_BYTES;
// C1 controls stay out of this: a text read in the wrong one-byte charset may hold one.
// oxlint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Reads a text as news agencies send it: date line, headline, labelled lines, dateline, paragraphs,
 * and perhaps the furniture of the site it was copied from.
 */
export function extractPlainText(text: string, options: TextOptions): Extraction {
  const { hints } = options;
  const control = CONTROL_CHARACTER.exec(text);
  if (control) return notText(control);
  const clean = toStorableText(text.slice(0, MAX_READ_LENGTH).replace(/^\ufeff/, '')).trim();
  const isCut = text.length > MAX_READ_LENGTH;
  const paragraphs = joinDatelines(splitParagraphs(rewriteMailHeader(clean), isMetaLine));
  if (paragraphs.length < MIN_PARAGRAPHS && clean.length < MIN_CHARACTERS) {
    const detail = `one paragraph of ${clean.length} characters`;
    return { kind: 'rejected', code: 'TOO_SHORT', detail };
  }
  const head = readHead(paragraphs, hints.title ?? null);
  const article = buildArticle(head, splitBody(head, paragraphs, hints), options);
  return { kind: 'article', article: { ...article, truncated: article.truncated || isCut } };
}

/** Some agencies set the dateline on a line of its own: it belongs to the first paragraph. */
function joinDatelines(paragraphs: readonly string[]): readonly string[] {
  const at = paragraphs.slice(0, MOST_LINES_BEFORE_TEXT).findIndex(isBareDateline);
  const text = paragraphs[at + 1];
  if (at < 0 || text === undefined || isMetaLine(text)) return paragraphs;
  return [...paragraphs.slice(0, at), `${paragraphs[at]} ${text}`, ...paragraphs.slice(at + 2)];
}

function notText(control: RegExpExecArray): Extraction {
  const code = control[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
  const detail = `control character U+${code} at position ${control.index}`;
  return { kind: 'rejected', code: 'NOT_TEXT', detail };
}

interface Body {
  readonly paragraphs: readonly string[];
  /** What was cut off behind them. */
  readonly tail: readonly string[];
}

function splitBody(head: Head, paragraphs: readonly string[], hints: ExtractionHints): Body {
  const title = foldLine(hints.title ?? head.title ?? '');
  const body = foldLine(head.body[0] ?? '') === title ? head.body.slice(1) : head.body;
  const end = articleLength(body);
  const article = body.slice(0, end).filter((line) => !isFurniture(line));
  // A text that is all head (labelled lines, furniture) is kept whole rather than lost.
  return article.length > 0
    ? { paragraphs: signedOff(article), tail: body.slice(end) }
    : { paragraphs, tail: [] };
}

function signedOff(paragraphs: readonly string[]): readonly string[] {
  return [...paragraphs.slice(0, -1), ...paragraphs.slice(-1).map(withoutSignOff)];
}

function buildArticle(head: Head, body: Body, options: TextOptions): ExtractedArticle {
  const { hints } = options;
  // Some reports open with a list of their main points.
  const opening = body.paragraphs.find((paragraph) => !isListItem(paragraph));
  const dateline = readDateline(opening ?? '');
  const { paragraphs, isCut } = capParagraphs(body.paragraphs, MAX_TEXT_BYTES);
  const clean = paragraphs.join(PARAGRAPH_BORDER);
  const tailDate = readHead(body.tail, head.title).date;
  const datelineDate = dateline && dateOf(dateline, options.fetchedAt);
  const ladder = new Ladder();
  return {
    ...pickNames(ladder, { head, body, hints, dateline }),
    ...pickDate(ladder, options, [head.date, datelineDate, tailDate]),
    text: clean,
    html: paragraphs.map(paragraphHtml).join('\n'),
    section: ladder.pick('section', [{ from: 'visible', value: head.section }]),
    keywords: ladder.pick('keywords', [{ from: 'visible', value: head.keywords }], showList) ?? [],
    truncated: isCut || (clean.length < SHORT_TEXT && breaksOff(clean)),
    modifiedAt: null,
    paywalled: false,
    canonicalUrl: null,
    siteName: null,
    provenance: ladder.provenance,
  };
}

interface NameSources {
  readonly head: Head;
  readonly body: Body;
  readonly hints: ExtractionHints;
  readonly dateline: Dateline | null;
}

function pickNames(ladder: Ladder, sources: NameSources) {
  const { head, hints, dateline } = sources;
  const imageUrl = ladder.pick('image', [{ from: 'hints', value: hints.imageUrl }]);
  return {
    title:
      ladder.pick(
        'title',
        withSlugsLast([
          { from: 'hints', value: hints.title },
          { from: 'visible', value: head.title },
          ...head.otherTitles.map((value) => ({ from: 'visible' as const, value })),
        ]),
      ) ?? '',
    description: ladder.pick('description', [
      { from: 'hints', value: hints.summary },
      { from: 'visible', value: head.description },
    ]),
    dateline: ladder.pick('dateline', [{ from: 'visible', value: dateline?.place ?? head.place }]),
    authors: pickAuthors(ladder, sources),
    categories: pickList(ladder, 'categories', hints.categories, []),
    declaredLanguage: ladder.pick('language', [
      { from: 'hints', value: hints.language },
      { from: 'visible', value: head.language },
    ]),
    image: imageUrl === null ? null : { url: imageUrl },
  };
}

function pickAuthors(ladder: Ladder, { head, body, hints }: NameSources) {
  const [opening = ''] = body.paragraphs;
  const candidates = [head.authors, reportersIn(opening), body.tail.flatMap(authorsOfCredit)];
  const visible = new Set(candidates.find((names) => names.length > 0));
  return pickList(ladder, 'authors', hintedAuthors(hints), [...visible]);
}

function dateOf({ date, day }: Dateline, fetchedAt: string): ParsedDate | null {
  return date ?? (day === null ? null : dayBefore(day, fetchedAt));
}

/** Senders write a whole byline where a list of names is asked for. */
function hintedAuthors({ authors }: ExtractionHints): readonly string[] | undefined {
  const names = authors?.flatMap(splitAuthors) ?? [];
  return names.length > 0 ? names : authors;
}

function pickList(
  ladder: Ladder,
  field: string,
  hinted: readonly string[] | undefined,
  visible: readonly string[],
): readonly string[] {
  const candidates = [
    { from: 'hints' as const, value: hinted },
    { from: 'visible' as const, value: visible },
  ];
  return ladder.pick(field, candidates, showList) ?? [];
}

function pickDate(
  ladder: Ladder,
  { hints, fetchedAt }: TextOptions,
  visible: readonly (ParsedDate | null)[],
) {
  const credible = (date: ParsedDate | null): ParsedDate | null =>
    date !== null && isCredible(date, fetchedAt) ? date : null;
  const published = ladder.pick(
    'publishedAt',
    [
      { from: 'hints', value: credible(parseDate(hints.publishedAt ?? '')) },
      ...visible.map((value) => ({ from: 'visible' as const, value: credible(value) })),
    ],
    (date) => date.utc,
  );
  return {
    publishedAt: published?.utc ?? null,
    publishedAtPrecision: published?.precision ?? null,
    publishedAtOffset: published?.offset ?? null,
  };
}

function paragraphHtml(paragraph: string): string {
  const lines = paragraph.split('\n');
  if (lines.length === 1) return `<p>${escapeHtml(paragraph)}</p>`;
  return `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
}
