import words from './class-words.json' with { type: 'json' };
import { attribute, type PageNode } from './page-tree.ts';

/** What an element's class, id and role say about it. */
export interface NameSigns {
  /** A class that article bodies carry. */
  readonly isBody: boolean;
  /** Navigation, comments, consent, sidebars: never the article, unless it holds most of the text. */
  readonly isBox: boolean;
  /** Captions, share bars, bylines, related stories … in any part of a class. */
  readonly isPruned: boolean;
  /** Words that mean little inside longer names and count only as a whole class. */
  readonly isPrunedToken: boolean;
}

const NOTHING: NameSigns = { isBody: false, isBox: false, isPruned: false, isPrunedToken: false };
const BODIES: ReadonlySet<string> = new Set(words.bodies);
const BOXES: ReadonlySet<string> = new Set(words.boxes);
const PRUNED: ReadonlySet<string> = new Set(words.pruned);
const PRUNED_TOKENS: ReadonlySet<string> = new Set(words.prunedTokens);
const BOX_TAGS: ReadonlySet<string> = new Set(['nav', 'aside', 'footer', 'menu']);
const BOX_ROLES: ReadonlySet<string> = new Set(
  'navigation complementary contentinfo banner search menu menubar dialog alertdialog'.split(' '),
);

const LONGEST_NAMES = 400;
const MAX_CACHED = 20_000;
// Sites repeat their class names on every page; reading them once is a tenth of the parse time.
const cache = new Map<string, NameSigns>();

export function signsOf(node: PageNode): NameSigns {
  const { names } = node;
  if (names === '') return NOTHING;
  const key = names.length > LONGEST_NAMES ? names.slice(0, LONGEST_NAMES) : names;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const signs = readNames(key);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, signs);
  return signs;
}

/** Whether the element is by its tag, role or names no place for an article's text. */
export function isBox(node: PageNode): boolean {
  if (node.tag === 'body' || node.tag === 'html' || node.tag === '#root') return false;
  if (BOX_TAGS.has(node.tag) || signsOf(node).isBox) return true;
  const role = attribute(node, 'role');
  return role !== null && BOX_ROLES.has(role);
}

export function isBodyNode(node: PageNode): boolean {
  return signsOf(node).isBody || attribute(node, 'itemprop') === 'articleBody';
}

function readNames(names: string): NameSigns {
  let isBody = false;
  let isBoxed = false;
  let isPruned = false;
  let isPrunedToken = false;
  for (const token of names.split(/\s+/u)) {
    const lower = token.toLowerCase();
    isPrunedToken ||= PRUNED_TOKENS.has(lower);
    const parts = token
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1-$2')
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((part) => part !== '');
    isBody ||= hasRun(parts, BODIES);
    isBoxed ||= hasRun(parts, BOXES);
    isPruned ||= hasRun(parts, PRUNED);
  }
  return { isBody, isBox: isBoxed, isPruned, isPrunedToken };
}

/** One to three neighbouring parts of a name, written together, are a known word. */
function hasRun(parts: readonly string[], known: ReadonlySet<string>): boolean {
  for (let start = 0; start < parts.length; start++) {
    let run = '';
    for (let end = start; end < Math.min(start + 3, parts.length); end++) {
      run += parts[end] ?? '';
      if (known.has(run)) return true;
    }
  }
  return false;
}
