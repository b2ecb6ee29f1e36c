import { parseDate, type ParsedDate } from '@broadsheet/text';
import { isBox } from '../page/class-words.ts';
import { attribute, textOf, type PageNode, type PageTree } from '../page/page-tree.ts';
import { isUntold, type Candidate } from './ladder.ts';
import type { JsonLdArticle } from './json-ld.ts';

const PUBLISHED_META = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'og:article:published_time',
  'datepublished',
  'date.published',
  'publication_date',
  'publish_date',
  'publish-date',
  'published_date',
  'publishdate',
  'published_time',
  'pubdate',
  'pub_date',
  'parsely-pub-date',
  'sailthru.date',
  'cxenseparse:recs:publishtime',
  'article.published',
  'article_date_original',
  'originalpublicationdate',
  'rnews:datepublished',
  'dcterms.issued',
  'dcterms.created',
  'dcterms.date',
  'dc.date.issued',
  'dc.date.created',
  'dc.date',
  'dc.created',
  'date',
  'release_date',
  'created',
  'last-modified-date',
  'weibo:article:create_at',
  'bt:pubdate',
  'ptime',
  'citation_publication_date',
  'citation_date',
  'timestamp',
] as const;
const MODIFIED_META = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'article:modified',
  'lastmod',
  'last-modified',
  'dcterms.modified',
  'dc.date.modified',
  'revised',
] as const;
const EARLIEST_YEAR = 1990;
const LONGEST_DATED_TEXT = 200;
const LONGEST_DATE_BOX = 400;
const PUBLISHED_NAME =
  /publi|posted|pubdate|entry-date|created|release|datum|fecha|erschien|online/i;
const MODIFIED_NAME = /modif|updat|aktualis|edited|maj|revised/i;
const DATE_NAME = /date|time|publi|posted|datum|fecha|data(?![-_]?(?:id|src))|meta|info|byline/i;
const MAX_DATA_LENGTH = 500_000;
const DATE_IN_DATA =
  /\b(?:date_?published|publish(?:ed)?_?(?:date|at|on|time)?|publication_?date|pub_?date|created_?at|date_?created)\\?["']\s{0,5}:\s{0,5}\\?["']((?:19|20)\d{2}-\d{2}-\d{2}[T\d:.+Z -]{0,25})\\?["']/gi;
const DATE_IN_TEXT =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:\.|st|nd|rd|th|er|º)?\s{1,3}(?:de\s{1,3})?[\p{L}\p{M}]{3,12}\.?,?\s{1,3}(?:de\s{1,3}|del\s{1,3})?\d{4}|\d{1,2}\s(?:tháng|thg)\s\d{1,2},?\s(?:năm\s)?\d{4}|\d{1,2}\s[\u0e00-\u0e7f.]{3,12}\s(?:พ\.ศ\.\s)?\d{4}|\p{L}{3,12}\.?\s{1,3}\d{1,2}(?:st|nd|rd|th)?,?\s{1,3}\d{4}|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]/gu;

export interface PageDates {
  readonly published: readonly Candidate<ParsedDate>[];
  readonly modified: readonly Candidate<ParsedDate>[];
}

interface DateSurroundings {
  readonly url: string | null;
  readonly hinted: string | undefined;
  /** From the lines above the text. */
  readonly visible: ParsedDate | null;
  /** Short texts of the page, searched where nothing else is dated. */
  readonly lines: () => readonly string[];
}

export function readDates(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { url, hinted, visible, lines }: DateSurroundings,
): PageDates {
  const read = reader(page.language);
  const marked = readMarked(page.marked, read);
  const published: Candidate<ParsedDate>[] = [
    { from: 'json-ld', value: read(jsonLd?.published) },
    { from: 'meta', value: firstMeta(page, PUBLISHED_META, read) },
    { from: 'microdata', value: marked.published ?? marked.anyTime },
    { from: 'hints', value: read(hinted) },
    { from: 'visible', value: readNamed(page.named, read) },
    { from: 'visible', value: visible },
    { from: 'url', value: dateInUrl(url) },
  ];
  // A date somewhere on the page is a weak sign, and looking for one takes time.
  if (isUntold(published)) {
    published.push(
      { from: 'visible', value: firstInLines(lines(), read) },
      { from: 'json-ld', value: dateInData([...page.jsonLd, ...page.scripts], read) },
    );
  }
  return {
    published,
    modified: [
      { from: 'json-ld', value: read(jsonLd?.modified) },
      { from: 'meta', value: firstMeta(page, MODIFIED_META, read) },
      { from: 'microdata', value: marked.modified },
    ],
  };
}

type ReadDate = (text: string | null | undefined) => ParsedDate | null;

function reader(language: string | null): ReadDate {
  // 03/04/2024 is the 4th of March in the United States and the 3rd of April nearly everywhere else.
  const isMonthFirst = language === null || /^en(?:[-_](?:us|ph))?$/i.test(language);
  return (text) => {
    if (text === null || text === undefined || text.length > LONGEST_DATED_TEXT) return null;
    const date = parseDate(text.trim()) ?? readSlashed(text.trim(), isMonthFirst);
    return date !== null && isCredible(date) ? date : null;
  };
}

function readSlashed(text: string, isMonthFirst: boolean): ParsedDate | null {
  const match = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[,\s]+\d{1,2}:\d{2}.{0,20})?$/.exec(
    text,
  );
  if (!match) return null;
  const [, first = '', separator, second = '', shortYear = ''] = match;
  const year = shortYear.length === 2 ? `20${shortYear}` : shortYear;
  const monthFirst = separator === '/' && isMonthFirst && Number(first) <= 12;
  const [month, day] = monthFirst ? [first, second] : [second, first];
  return parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function isCredible(date: ParsedDate): boolean {
  const year = Number(date.utc.slice(0, 4));
  return year >= EARLIEST_YEAR && year < 2100;
}

function firstMeta(page: PageTree, names: readonly string[], read: ReadDate): ParsedDate | null {
  for (const name of names) {
    for (const value of page.meta.get(name) ?? []) {
      const date = read(value) ?? findDate(value, read);
      if (date !== null) return date;
    }
  }
  return null;
}

type DateRole = 'published' | 'modified' | 'anyTime';
type MarkedDates = Partial<Record<DateRole, ParsedDate>>;

function readMarked(nodes: readonly PageNode[], read: ReadDate): MarkedDates {
  const dates: MarkedDates = {};
  for (const node of nodes) {
    const role = roleOf(node);
    if (role === null || dates[role] !== undefined) continue;
    const date = dateOfNode(node, read);
    if (date !== null) dates[role] = date;
  }
  return dates;
}

/** What an element's itemprop, or the class of a time element, says of its date. */
function roleOf(node: PageNode): DateRole | null {
  const prop = attribute(node, 'itemprop') ?? '';
  if (/dateModified/i.test(prop)) return 'modified';
  if (/datePublished|dateCreated/i.test(prop)) return 'published';
  if (node.tag !== 'time') return null;
  if (MODIFIED_NAME.test(node.names)) return 'modified';
  if (PUBLISHED_NAME.test(node.names)) return 'published';
  return isInBox(node) ? null : 'anyTime';
}

function dateOfNode(node: PageNode, read: ReadDate): ParsedDate | null {
  const stamp = attribute(node, 'datetime') ?? attribute(node, 'content');
  const text = textOf(node, LONGEST_DATED_TEXT);
  return read(stamp) ?? read(text) ?? findDate(text, read) ?? read(attribute(node, 'title'));
}

/** Dates in elements whose class speaks of one; a class that speaks of publication goes first. */
function readNamed(nodes: readonly PageNode[], read: ReadDate): ParsedDate | null {
  let fallback: ParsedDate | null = null;
  for (const node of nodes) {
    if (!mayBeDateLine(node)) continue;
    const text = textOf(node, LONGEST_DATED_TEXT);
    const date = read(text) ?? findDate(text, read);
    if (date === null) continue;
    if (PUBLISHED_NAME.test(node.names)) return date;
    if (!MODIFIED_NAME.test(node.names)) fallback ??= date;
  }
  return fallback;
}

function mayBeDateLine(node: PageNode): boolean {
  if (node.textLength > LONGEST_DATE_BOX || !DATE_NAME.test(node.names)) return false;
  return !isInBox(node);
}

function firstInLines(lines: readonly string[], read: ReadDate): ParsedDate | null {
  for (const line of lines) {
    if (!/\d{4}|\d[./]\d{2}$/.test(line) || /©|copyright/i.test(line)) continue;
    const date = read(line) ?? findDate(line, read);
    if (date !== null) return date;
  }
  return null;
}

/** Damaged JSON-LD, and the state that a script renders the page from. */
function dateInData(scripts: readonly string[], read: ReadDate): ParsedDate | null {
  for (const script of scripts) {
    for (const [, value] of script.slice(0, MAX_DATA_LENGTH).matchAll(DATE_IN_DATA)) {
      const date = read(value);
      if (date !== null) return date;
    }
  }
  return null;
}

function isInBox(node: PageNode): boolean {
  for (let at: PageNode | null = node; at !== null; at = at.parent) if (isBox(at)) return true;
  return false;
}

/** The first date within a text of other words. */
function findDate(text: string, read: (text: string) => ParsedDate | null): ParsedDate | null {
  for (const match of text.slice(0, LONGEST_DATED_TEXT).matchAll(DATE_IN_TEXT)) {
    const date = read(match[0]);
    if (date !== null) return date;
  }
  return null;
}

function dateInUrl(url: string | null): ParsedDate | null {
  const path = url === null ? null : URL.parse(url)?.pathname;
  const match = /(?:^|[/_-])((?:19|20)\d{2})[/_-]?(\d{2})[/_-]?(\d{2})(?=[/_.-]|$)/.exec(
    path ?? '',
  );
  if (!match) return null;
  const date = parseDate(`${match[1]}-${match[2]}-${match[3]}`);
  return date !== null && isCredible(date) ? date : null;
}
