import { hashName, NameTable } from './name-table.ts';

/** What an element's name alone decides. */
export interface TagRules {
  readonly name: string;
  /** Counts up from 0 over the elements that have rules; all others share the last one. */
  readonly number: number;
  /** Has no end tag and no content. */
  readonly isVoid: boolean;
  /** Flows within a line of text. */
  readonly isInline: boolean;
  /** Holds nothing that an article is made of. */
  readonly isUnread: boolean;
  /** Its content is no markup: it ends at the next end tag of its name. */
  readonly isRawText: boolean;
  /** Open elements that end where this one starts (HTML, optional tags). */
  readonly closes: ReadonlySet<string> | null;
}

const MAX_CACHED = 2_000;
const LONGEST_CACHED = 40;

const VOID = setOf(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr',
);
const INLINE = setOf(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr output q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr',
);
const UNREAD = setOf(
  'script style noscript template svg math iframe frame frameset object embed applet canvas audio video map select option textarea input button datalist dialog progress meter title link meta base noembed noframes xmp',
);
const RAW_TEXT = setOf('script style title textarea iframe noembed noframes xmp');

const FORM_PARTS = setOf('input option optgroup select button datalist textarea');
const HEADINGS = setOf('h1 h2 h3 h4 h5 h6 p');
const TABLE_SECTIONS = setOf('thead tbody');
const CLOSES = new Map<string, ReadonlySet<string>>([
  ['tr', setOf('tr th td')],
  ['th', setOf('th')],
  ['td', setOf('thead th td')],
  ['body', setOf('head')],
  ['a', setOf('a')],
  ['li', setOf('li')],
  ['option', setOf('option')],
  ['optgroup', setOf('optgroup option')],
  ['tbody', TABLE_SECTIONS],
  ['tfoot', TABLE_SECTIONS],
  ...closing('dd dt', setOf('dd dt')),
  ...closing('rt rp', setOf('rt rp')),
  ...closing('h1 h2 h3 h4 h5 h6', HEADINGS),
  ...closing('select input output button datalist textarea', FORM_PARTS),
  ...closing(
    'p address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul',
    setOf('p'),
  ),
]);

const OTHERS = 'html head body span center picture caption colgroup tfoot h1 h2 h3 h4 h5 h6';
const KNOWN: readonly string[] = [
  ...new Set([...VOID, ...INLINE, ...UNREAD, ...RAW_TEXT, ...CLOSES.keys(), ...OTHERS.split(' ')]),
];
/** The number of elements without rules. */
export const UNKNOWN_TAG = KNOWN.length;
const numbers = new Map(KNOWN.map((name, number) => [name, number]));
const known = new NameTable([...KNOWN, 'image'].map((name) => [name, readRules(name)] as const));
const cache = new Map<string, TagRules>();

/** The rules of the element whose name, in any letter case, stands between two places. */
export function tagRulesAt(html: string, from: number, to: number, hash: number): TagRules {
  return known.find(html, from, to, hash) ?? otherRules(html.slice(from, to));
}

/** The rules of an element by its name. */
export function tagRules(name: string): TagRules {
  return tagRulesAt(name, 0, name.length, hashName(name));
}

function otherRules(written: string): TagRules {
  let rules = cache.get(written);
  if (rules === undefined) {
    rules = readRules(written.toLowerCase());
    if (written.length <= LONGEST_CACHED && cache.size < MAX_CACHED) {
      // A piece of a long string keeps all of it in memory; this copy is on its own.
      cache.set(` ${written}`.slice(1), rules);
    }
  }
  return rules;
}

function readRules(written: string): TagRules {
  const name = written === 'image' ? 'img' : written;
  return {
    name,
    number: numbers.get(name) ?? UNKNOWN_TAG,
    isVoid: VOID.has(name),
    isInline: INLINE.has(name),
    isUnread: UNREAD.has(name),
    isRawText: RAW_TEXT.has(name),
    closes: CLOSES.get(name) ?? null,
  };
}

function setOf(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}

function closing(names: string, closed: ReadonlySet<string>) {
  return names.split(' ').map((name) => [name, closed] as const);
}
