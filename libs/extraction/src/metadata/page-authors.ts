import { isBox } from '../page/class-words.ts';
import {
  attribute,
  hasRelAuthor,
  textOf,
  type PageNode,
  type PageTree,
} from '../page/page-tree.ts';
import { foldLine } from '../phrases/fold-line.ts';
import { afterBylineStart } from '../phrases/phrases.ts';
import { readByline, splitAuthors } from '../plain-text/author-line.ts';
import { isUntold, type Candidate } from './ladder.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { plainWords } from './plain-words.ts';
import notAuthors from './not-authors.json' with { type: 'json' };

const AUTHOR_META = [
  'author',
  'article:author',
  'article:author_name',
  'og:article:author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'dc.contributor',
  'byl',
  'citation_author',
  'cxenseparse:author',
  'twitter:data1',
] as const;
/** Words that stand where an author should and name nobody. */
const NOT_AUTHORS: ReadonlySet<string> = new Set(notAuthors.never.map(foldLine));
/** Names of an editorial office: better than nobody, worse than anybody. */
const DESKS: ReadonlySet<string> = new Set(notAuthors.desks.map(foldLine));
const AUTHOR_NAME = /author|byline|by-line|writer|autor|contributor|reporter|journalist|redakteur/i;
const NO_AUTHOR_NAME =
  /bio|about|box|avatar|image|photo|social|comment|share|follow|description|twitter|email|related/i;
const LONGEST_BYLINE = 150;
const FULL_NAME = /^\p{Lu}\S*\s+\S|^\p{Lo}{2,}$/u;
const SINGLE_NAME = /^[\p{L}\p{N}_-]{3,25}$/u;
const LONGEST_NAME = 60;
const NAME_BORDER = /\d|[|•·]|\s[-–—]\s/u;
const MOST_AUTHORS = 20;

interface AuthorSurroundings {
  readonly hinted: readonly string[] | undefined;
  /** From the lines above the text. */
  readonly visible: readonly string[];
  /** Short texts of the page, searched where nothing else names an author. */
  readonly lines: () => readonly string[];
}

export function readAuthors(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  siteName: string | null,
  { hinted, visible, lines }: AuthorSurroundings,
): readonly Candidate<readonly string[]>[] {
  const site = siteName === null ? '' : foldLine(siteName);
  const isOffice = (folded: string): boolean => folded === site || DESKS.has(folded);
  const sources: readonly Candidate<readonly string[]>[] = [
    { from: 'json-ld', value: jsonLd?.authors ?? [] },
    ...AUTHOR_META.map((name) => ({ from: 'meta' as const, value: metaNames(page, name) })),
    { from: 'microdata', value: markedNames(page.marked) },
    { from: 'hints', value: hinted },
    { from: 'visible', value: namedBylines(page.named) },
    { from: 'visible', value: linkedNames(page.authorLinks) },
    { from: 'visible', value: visible },
  ];
  const persons = cleanAll(sources, (folded) => !isOffice(folded));
  if (isUntold(persons))
    persons.push(...cleanAll([{ from: 'visible', value: bylineInLines(lines()) }], () => true));
  return isUntold(persons) ? cleanAll(sources, () => true) : persons;
}

function cleanAll(
  sources: readonly Candidate<readonly string[]>[],
  isWanted: (folded: string) => boolean,
): Candidate<readonly string[]>[] {
  return sources.map(({ from, value }) => {
    const names = new Map<string, string>();
    for (const name of (value ?? []).flatMap(namesOf)) {
      const folded = foldLine(name);
      if (isWanted(folded) && !names.has(folded)) names.set(folded, name);
    }
    return { from, value: names.size === 0 ? null : [...names.values()].slice(0, MOST_AUTHORS) };
  });
}

/** `By Ann Lee | 5 May 2024`, `5 May 2024 by Ann`: what follows the byline's start, up to a fact. */
function bylineInLines(lines: readonly string[]): readonly string[] {
  for (const line of lines) {
    const bare = afterDate(line);
    const [start = ''] = bare.split(NAME_BORDER, 1);
    const names = readByline(start.trim().replace(/\s\p{Ll}{1,4}$/u, ''));
    if (names === null) continue;
    // A pen name of one word is believed where a date stands beside it.
    const isDated = bare.length < line.length || /\d{4}/.test(bare);
    if (names.some((name) => isName(name) && (isDated || name.includes(' ')))) return names;
  }
  return [];
}

/** What follows a date or time at the line's start. */
function afterDate(line: string): string {
  const figures = /^\P{N}{0,20}\p{N}.{0,40}?\p{N}(?:\s*Uhr)?[\s.,:|•·–-]+(?=\p{L})/u.exec(line);
  if (figures === null) return line;
  const rest = line.slice(figures[0].length);
  return /^\P{N}{0,20}\p{N}/u.test(rest) ? afterDate(rest) : rest;
}

/** Links to an author's page: the first, and its neighbours. */
function linkedNames(links: readonly PageNode[]): readonly string[] {
  const names: string[] = [];
  let parent: PageNode | null = null;
  for (const link of links) {
    if (isInBox(link) || (parent !== null && link.parent !== parent)) continue;
    const text = textOf(link, LONGEST_BYLINE);
    if (!FULL_NAME.test(text) || !namesOf(text).some(isName)) continue;
    names.push(text);
    ({ parent } = link);
  }
  return names;
}

function metaNames(page: PageTree, name: string): readonly string[] {
  const values = page.meta.get(name) ?? [];
  // Twitter's first label is the author on some sites, the reading time on others.
  if (
    name === 'twitter:data1' &&
    afterBylineStart(`${page.meta.get('twitter:label1')?.[0] ?? ''}: `) === null
  )
    return [];
  return values;
}

function namesOf(markup: string): string[] {
  const text = plainWords(markup);
  if (/^(?:https?:|www\.|@|\/)/i.test(text.trim())) return [];
  const bare = afterBylineStart(text.trim()) ?? text;
  return splitAuthors(bare).filter(isName);
}

function isName(name: string): boolean {
  return (
    name.length >= 2 &&
    name.length <= LONGEST_NAME &&
    /\p{L}/u.test(name) &&
    !/\d{3}|https?:|[@{}[\]#_]|\.\p{Ll}{2,}$|\b(?:GmbH|Inc|Ltd|LLC|Verlag|Zeitung)\b/u.test(name) &&
    !/^\p{Ll}+\.\p{Ll}+$/u.test(name) &&
    name.split(/\s+/u).length <= 6 &&
    !(/[\d:]/.test(name) && /\s/u.test(name)) &&
    !/^[A-Z]{1,2}$/.test(name) &&
    !NOT_AUTHORS.has(foldLine(name))
  );
}

function markedNames(nodes: readonly PageNode[]): string[] {
  const names: string[] = [];
  for (const node of nodes) {
    const isAuthor = /(?:^|\s)author(?:\s|$)/.test(attribute(node, 'itemprop') ?? '');
    if (!isAuthor && !hasRelAuthor(node)) continue;
    if (isInBox(node)) continue;
    const inner = isAuthor ? findNamed(node) : null;
    const text = inner ?? attribute(node, 'content') ?? textOf(node, LONGEST_BYLINE);
    if (text !== '') names.push(text);
  }
  return names;
}

function findNamed(node: PageNode): string | null {
  for (const kid of node.kids) {
    if (typeof kid === 'string') continue;
    if (attribute(kid, 'itemprop') === 'name')
      return attribute(kid, 'content') ?? textOf(kid, LONGEST_BYLINE);
    const found = findNamed(kid);
    if (found !== null) return found;
  }
  return null;
}

/** The first element whose class speaks of an author and whose text reads like names. */
function namedBylines(nodes: readonly PageNode[]): string[] {
  let single: string[] = [];
  for (const node of nodes) {
    if (!mayBeByline(node)) continue;
    const text = textOf(node, LONGEST_BYLINE + 1);
    if (text.length < 3 || text.length > LONGEST_BYLINE) continue;
    const names = namesOf(text);
    const full = names.filter((name) => FULL_NAME.test(name));
    if (full.length > 0) return full;
    // A pen name of one word is believed only where it is all that stands there.
    if (single.length === 0 && names.length === 1 && SINGLE_NAME.test(names[0] ?? ''))
      single = names;
  }
  return single;
}

function mayBeByline(node: PageNode): boolean {
  return AUTHOR_NAME.test(node.names) && !NO_AUTHOR_NAME.test(node.names) && !isInBox(node);
}

function isInBox(node: PageNode): boolean {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (isBox(at) && at.goodLength === 0) return true;
    if (/related|sidebar|comment|footer|recommend/i.test(at.names) && at.goodLength < 500)
      return true;
  }
  return false;
}
