import { isBox } from '../page/class-words.ts';
import { attribute, textOf, type PageNode, type PageTree } from '../page/page-tree.ts';
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
const NOT_AUTHORS: ReadonlySet<string> = new Set(notAuthors.map(foldLine));
const AUTHOR_NAME = /author|byline|by-line|writer|autor|contributor|reporter|journalist|redakteur/i;
const NO_AUTHOR_NAME =
  /bio|about|box|avatar|image|photo|social|comment|share|follow|description|twitter|email|related/i;
const LONGEST_BYLINE = 150;
const FULL_NAME = /^\p{Lu}\S*\s+\S|^\p{Lo}{2,}$/u;
const SINGLE_NAME = /^[\p{L}\p{N}_-]{3,25}$/u;
const LONGEST_NAME = 60;
const MOST_AUTHORS = 20;

interface AuthorSurroundings {
  readonly hinted: readonly string[] | undefined;
  /** Short texts of the page, searched where nothing else names an author. */
  readonly lines: () => readonly string[];
}

export function readAuthors(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  siteName: string | null,
  { hinted, lines }: AuthorSurroundings,
): readonly Candidate<readonly string[]>[] {
  const site = siteName === null ? '' : foldLine(siteName);
  const clean = (texts: readonly string[]): readonly string[] | null => {
    const names = new Map<string, string>();
    for (const name of texts.flatMap(namesOf)) {
      const folded = foldLine(name);
      if (folded !== site && !names.has(folded)) names.set(folded, name);
    }
    return names.size === 0 ? null : [...names.values()].slice(0, MOST_AUTHORS);
  };
  const candidates: Candidate<readonly string[]>[] = [
    { from: 'json-ld', value: clean(jsonLd?.authors ?? []) },
    ...AUTHOR_META.map((name) => ({ from: 'meta' as const, value: clean(metaNames(page, name)) })),
    { from: 'microdata', value: clean(markedNames(page.marked)) },
    { from: 'hints', value: hinted },
    { from: 'visible', value: clean(namedBylines(page.named)) },
  ];
  if (isUntold(candidates))
    candidates.push({ from: 'visible', value: clean(bylineInLines(lines())) });
  return candidates;
}

function bylineInLines(lines: readonly string[]): readonly string[] {
  for (const line of lines) {
    const names = readByline(line);
    if (names?.some((name) => name.includes(' ')) === true) return names;
  }
  return [];
}

function metaNames(page: PageTree, name: string): readonly string[] {
  const values = page.meta.get(name) ?? [];
  // Twitter's first label is the author on some sites, the reading time on others.
  if (
    name === 'twitter:data1' &&
    !/written by|author|by/i.test(page.meta.get('twitter:label1')?.[0] ?? '')
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
    !NOT_AUTHORS.has(foldLine(name))
  );
}

function markedNames(nodes: readonly PageNode[]): string[] {
  const names: string[] = [];
  for (const node of nodes) {
    const isAuthor = /(?:^|\s)author(?:\s|$)/.test(attribute(node, 'itemprop') ?? '');
    if (!isAuthor && attribute(node, 'rel') !== 'author') continue;
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
