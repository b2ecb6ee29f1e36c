import type { ParsedDate } from '@broadsheet/text';
import type { PageOptions } from '../extraction.ts';
import type { PageNode, PageTree } from '../page/page-tree.ts';
import names from './dates/date-names.json' with { type: 'json' };
import { type ElementDates, readMarked, readNamed, readOutside } from './dates/dated-elements.ts';
import { dateByLabel, dateInLead, dateInLines } from './dates/dated-lines.ts';
import { localeOf } from './dates/page-locale.ts';
import { DateReader, type WrittenDate } from './dates/read-date.ts';
import { settleDates } from './dates/settle-date.ts';
import { isUntold, type Candidate } from './ladder.ts';
import type { JsonLdArticle } from './json-ld.ts';

const MAX_DATA_LENGTH = 500_000;
const DATE_IN_DATA =
  /\b(?:date_?published|publish(?:ed)?_?(?:date|at|on|time)?|publication_?date|pub_?date|created_?at|date_?created)\\?["']\s{0,5}:\s{0,5}\\?["']((?:19|20)\d{2}-\d{2}-\d{2}[T\d:.+Z -]{0,25})\\?["']/gi;

/** A quick no for most scripts. */
const DAY_IN_DATA = /["'](?:19|20)\d{2}-\d{2}-\d{2}/;

export interface PageDates {
  readonly published: readonly Candidate<ParsedDate>[];
  readonly modified: readonly Candidate<ParsedDate>[];
}

interface DateSurroundings {
  readonly options: PageOptions;
  /** From the lines above the text. */
  readonly visible: ParsedDate | null;
  readonly heading: PageNode | null;
  /** How its first paragraphs open. */
  readonly leads: readonly string[];
  /** Short texts of the page, searched where nothing else is dated. */
  readonly lines: () => readonly string[];
}

export function readDates(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  around: DateSurroundings,
): PageDates {
  const { isMonthFirst, timeZone } = localeOf(page.language, around.options.url);
  const reader = new DateReader({ isMonthFirst, fetchedAt: around.options.fetchedAt });
  const source: DateSource = { page, jsonLd, around, reader };
  const marked = readMarked(page, around.heading, reader);
  const named = readNamed(page, around.heading, reader);
  const published = publishedDates(source, marked, named);
  const modified: readonly Candidate<WrittenDate>[] = [
    { from: 'json-ld', value: reader.read(jsonLd?.modified) },
    { from: 'meta', value: firstMeta(page, names.modified, reader) },
    { from: 'microdata', value: marked.modified },
    { from: 'visible', value: named.modified },
  ];
  // A date somewhere on the page is a weak sign, and looking for one takes time.
  const weak = isUntold(published) ? weakDates(source, modified) : [];
  return {
    published: settleDates([...published, ...weak], timeZone),
    modified: settleDates(modified, timeZone),
  };
}

interface DateSource {
  readonly page: PageTree;
  readonly jsonLd: JsonLdArticle | null;
  readonly around: DateSurroundings;
  readonly reader: DateReader;
}

/** In the order of how often they are right. */
function publishedDates(
  { page, jsonLd, around, reader }: DateSource,
  marked: ElementDates,
  named: ElementDates,
): readonly Candidate<WrittenDate>[] {
  const vague = firstMeta(page, names.vague, reader);
  // A stamp to the minute is of the article; a bare day may be that of the request.
  const [vagueStamp, vagueDay] = vague?.precision === 'day' ? [null, vague] : [vague, null];
  return [
    { from: 'json-ld', value: reader.read(jsonLd?.published) },
    { from: 'meta', value: firstMeta(page, names.published, reader) },
    { from: 'microdata', value: marked.published },
    { from: 'meta', value: firstMeta(page, names.created, reader) },
    { from: 'microdata', value: marked.unmarked },
    { from: 'hints', value: reader.read(around.options.hints.publishedAt) },
    { from: 'meta', value: vagueStamp },
    { from: 'visible', value: named.published },
    { from: 'visible', value: named.unmarked },
    { from: 'visible', value: around.visible && reader.accept(around.visible) },
    { from: 'meta', value: vagueDay },
    {
      from: 'url',
      value: dateInUrl(around.options.url, reader) ?? dateInUrl(page.canonicalUrl, reader),
    },
  ];
}

/** Where nothing is called the date of publication: what looks like one, at last that of a change. */
function weakDates(
  { page, around, reader }: DateSource,
  modified: readonly Candidate<WrittenDate>[],
): readonly Candidate<WrittenDate>[] {
  const outside = readOutside(page, around.heading, reader);
  return [
    { from: 'visible', value: dateInLead(around.leads, reader) },
    { from: 'visible', value: dateInLines(around.lines(), around.heading, reader) },
    { from: 'json-ld', value: dateInData([...page.jsonLd, ...page.scripts], reader) },
    { from: 'visible', value: outside.published ?? dateByLabel(page.root, reader) },
    { from: 'meta', value: dateInDescription(page, reader) },
    { from: 'visible', value: outside.unmarked },
    ...modified,
    { from: 'visible', value: outside.modified },
  ];
}

function firstMeta(
  page: PageTree,
  list: readonly string[],
  reader: DateReader,
): WrittenDate | null {
  for (const name of list) {
    for (const value of page.meta.get(name) ?? []) {
      const date = reader.read(value) ?? reader.find(value)[0]?.date ?? null;
      if (date !== null) return date;
    }
  }
  return null;
}

function dateInDescription(page: PageTree, reader: DateReader): WrittenDate | null {
  const [description = ''] = page.meta.get('description') ?? page.meta.get('og:description') ?? [];
  return reader.find(description).find(({ role }) => role === 'published')?.date ?? null;
}

/** Damaged JSON-LD, and the state that a script renders the page from. */
function dateInData(scripts: readonly string[], reader: DateReader): WrittenDate | null {
  for (const script of scripts) {
    const data = script.slice(0, MAX_DATA_LENGTH);
    if (!DAY_IN_DATA.test(data)) continue;
    for (const [, value] of data.matchAll(DATE_IN_DATA)) {
      const date = reader.read(value);
      if (date !== null) return date;
    }
  }
  return null;
}

/** `/2024/07/15/`, `/20240715-`, `/2024/jul/15/`, and with the year behind `/15-07-2024`, `/15072024-`. */
function dateInUrl(url: string | null, reader: DateReader): WrittenDate | null {
  const path = url === null ? '' : (URL.parse(url)?.pathname ?? '');
  const [, year, month, day] =
    /(?:^|[/_-])((?:19|20)\d{2})[/_-]?(\d{2})[/_-]?(\d{2})(?=[/_.-]|$)/.exec(path) ??
    /\/((?:19|20)\d{2})\/([a-z]{3,9})\/(\d{1,2})(?=\/|$)/i.exec(path) ??
    [];
  const date = year === undefined ? null : reader.read(`${year}-${month}-${day}`);
  if (date !== null) return date;
  const [, first, second, last] =
    /(?:^|[/_-])(\d{2})[/_.-]?(\d{2})[/_.-]?(20\d{2})(?=[/_.-]|$)/.exec(path) ?? [];
  return last === undefined ? null : reader.read(`${first}/${second}/${last}`);
}
