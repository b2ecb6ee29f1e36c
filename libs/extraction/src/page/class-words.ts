import words from './class-words.json' with { type: 'json' };
import { attribute, type PageNode } from './page-tree.ts';

/** What an element's class and id say about it, as bits. */
export const SIGN = {
  /** A class that article bodies carry. */
  body: 1,
  /** Navigation, comments, consent, sidebars: never the article, unless it holds most of the text. */
  box: 2,
  /** Captions, share bars, bylines, related stories … in any part of a class. */
  pruned: 4,
  /** Words that mean little inside longer names and count only as a whole class. */
  prunedToken: 8,
} as const;

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
// Sites repeat their class names on every page and share many of them; reading is the dear part.
const cache = new Map<string, number>();

export function hasSign(node: PageNode, sign: number): boolean {
  if (node.names === '') return false;
  if (node.signs < 0) node.signs = readNames(node.names.slice(0, LONGEST_NAMES));
  return (node.signs & sign) !== 0;
}

/** Whether the element is by its tag, role or names no place for an article's text. */
export function isBox(node: PageNode): boolean {
  if (node.tag === 'body' || node.tag === 'html' || node.tag === '#root') return false;
  if (BOX_TAGS.has(node.tag) || hasSign(node, SIGN.box)) return true;
  const role = attribute(node, 'role');
  return role !== null && BOX_ROLES.has(role);
}

export function isBodyNode(node: PageNode): boolean {
  return hasSign(node, SIGN.body) || attribute(node, 'itemprop') === 'articleBody';
}

function readNames(names: string): number {
  let signs = 0;
  for (const token of names.split(/\s+/u)) {
    let known = cache.get(token);
    if (known === undefined) {
      known = readToken(token);
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(token, known);
    }
    signs |= known;
  }
  return signs;
}

function readToken(token: string): number {
  const parts = token
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '');
  return (
    (hasRun(parts, BODIES) ? SIGN.body : 0) |
    (hasRun(parts, BOXES) ? SIGN.box : 0) |
    (hasRun(parts, PRUNED) ? SIGN.pruned : 0) |
    (PRUNED_TOKENS.has(token.toLowerCase()) ? SIGN.prunedToken : 0)
  );
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
