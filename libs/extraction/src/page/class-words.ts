import words from './class-words.json' with { type: 'json' };
import { NameReader } from './name-reader.ts';
import type { PageNode } from './page-tree.ts';
import type { TagAttributes } from './tag-attributes.ts';

/** What an element's class and id say about it, as bits. */
export const SIGN = {
  /** A class that article bodies carry. */
  body: 1,
  /** Navigation, comments, consent, sidebars: never the article, unless it holds most of the text. */
  box: 2,
  /** Captions, share bars, bylines, related stories … in any part of a class. */
  pruned: 4,
  /** What may be a byline or a widget, and what counts only as a whole class: pruned in doubt. */
  likelyPruned: 8,
  /** Names that speak of a date or an author. */
  metadata: 16,
  /** The paragraph between headline and text, or the teaser of another story. */
  lead: 32,
  /** Navigation by its class: a box only as long as it holds no paragraphs. */
  navigation: 64,
  /** Comments, and layers that ask for consent: boxes of any length; always beside `box`. */
  addendum: 128,
  /** The offer to subscribe, or the part of the story that is for subscribers. */
  paywall: 256,
} as const;

/** Signs by word, for the words that count in any part of a name. */
const PARTS = new Map<string, number>();
for (const [list, sign] of [
  [words.bodies, SIGN.body],
  [words.boxes, SIGN.box],
  [words.addenda, SIGN.box | SIGN.addendum],
  [words.navigation, SIGN.navigation],
  [words.pruned, SIGN.pruned],
  [words.paywalls, SIGN.paywall],
  [words.likelyPruned, SIGN.likelyPruned],
  [words.leads, SIGN.lead],
] as const)
  for (const word of list) PARTS.set(word, (PARTS.get(word) ?? 0) | sign);
export const BOX_TAGS: ReadonlySet<string> = new Set(['nav', 'aside', 'footer', 'menu']);
/** Whatever their names say, they hold the page. */
const PAGE_TAGS: ReadonlySet<string> = new Set(['html', 'body', 'main', 'article']);
const STORY_TAGS: ReadonlySet<string> = new Set(['main', 'h1']);
const BOX_ROLES: ReadonlySet<string> = new Set(
  'navigation complementary contentinfo banner search menu menubar dialog alertdialog'.split(' '),
);

const LAYER_ROLES: ReadonlySet<string> = new Set(['dialog', 'alertdialog']);
const NOT_OF_PAGES = ~(SIGN.box | SIGN.navigation | SIGN.pruned | SIGN.addendum | SIGN.paywall);

const HEADING = /^h[1-6]$/;
const TEXT_TAGS = /^(?:p|h[1-6]|ul|ol|li|blockquote)$/;
/** The id of a section made from its heading speaks of the section's topic. */
const SLUG = /^(?:[^-_]+[-_]){4}/;

/** An element named navigation holds this much text with few links: it is none. */
const SHORTEST_PARAGRAPHS = 200;
const PARAGRAPHS_SHARE = 0.7;
const NAVIGATION_LINK_SHARE = 0.2;

const LONGEST_NAMES = 400;
/** A power of two. */
const RECENT_SLOTS = 256;
const METADATA_WORDS =
  'date time publish posted updated author byline by-line writer credit autor datum fecha meta info'.split(
    ' ',
  );
const reader = new NameReader({
  parts: PARTS,
  tokens: new Map(words.prunedTokens.map((name) => [name, SIGN.likelyPruned])),
  fragments: METADATA_WORDS,
  fragmentSigns: SIGN.metadata,
});

export function hasSign(node: PageNode, sign: number): boolean {
  return (node.signs & sign) !== 0;
}

/** Whether the element is by its tag, role or names no place for an article's text. */
export function isBox(node: PageNode): boolean {
  if (hasSign(node, SIGN.box)) return true;
  return hasSign(node, SIGN.navigation) && !holdsParagraphs(node);
}

/**
 * Whether the element is a box also where it holds most of the page's text: long comments below a
 * short article. Themes put such names on what they wrap all in, too: then it holds the story.
 */
export function isAddendum(node: PageNode): boolean {
  return hasSign(node, SIGN.addendum) && !holdsStory(node);
}

function holdsStory({ kids }: PageNode): boolean {
  return kids.some(
    (kid) =>
      typeof kid !== 'string' && (STORY_TAGS.has(kid.tag) || isBodyNode(kid) || holdsStory(kid)),
  );
}

/** Whether a word in its names says that the element is no part of a story. */
export function isNamedExtra(node: PageNode): boolean {
  return hasSign(node, SIGN.pruned) || (hasSign(node, SIGN.paywall) && isOffer(node));
}

/** Publishers name what they sell as they name the offer: paragraph by paragraph, or all in one. */
function isOffer(node: PageNode): boolean {
  if (!TEXT_TAGS.test(node.tag)) return !holdsParagraphs(node);
  return node.linkLength > node.textLength * NAVIGATION_LINK_SHARE;
}

function holdsParagraphs({ goodLength, textLength, linkLength }: PageNode): boolean {
  return (
    goodLength >= SHORTEST_PARAGRAPHS &&
    goodLength > textLength * PARAGRAPHS_SHARE &&
    linkLength < textLength * NAVIGATION_LINK_SHARE
  );
}

export function isBodyNode(node: PageNode): boolean {
  return (node.signs & SIGN.body) !== 0;
}

/** Reads the signs of one page's elements, most of which repeat the names of an element before them. */
export class SignReader {
  readonly #recentNames: string[] = [];
  readonly #recentSigns = new Uint16Array(RECENT_SLOTS);

  /** All signs of an element, as bits. */
  read(tag: string, attributes: TagAttributes): number {
    const className = attributes.get('class');
    const id = attributes.get('id');
    let signs = className === undefined ? 0 : this.#readNames(className);
    if (id !== undefined && !HEADING.test(tag) && !SLUG.test(id)) signs |= this.#readNames(id);
    return withMarkup(signs, tag, attributes);
  }

  #readNames(names: string): number {
    const { length } = names;
    const slot =
      (length * 31 +
        names.charCodeAt(0) * 7 +
        names.charCodeAt(length >> 1) * 131 +
        names.charCodeAt(length - 1) * 17) &
      (RECENT_SLOTS - 1);
    if (this.#recentNames[slot] === names) return this.#recentSigns[slot] ?? 0;
    const signs = reader.read(names.length > LONGEST_NAMES ? names.slice(0, LONGEST_NAMES) : names);
    this.#recentNames[slot] = names;
    this.#recentSigns[slot] = signs;
    return signs;
  }
}

function withMarkup(named: number, tag: string, attributes: TagAttributes): number {
  let signs = named;
  if (attributes.get('itemprop') === 'articleBody') signs |= SIGN.body;
  if (PAGE_TAGS.has(tag)) return signs & NOT_OF_PAGES;
  const role = attributes.get('role');
  if (role !== undefined && LAYER_ROLES.has(role)) signs |= SIGN.addendum;
  if (BOX_TAGS.has(tag) || (role !== undefined && BOX_ROLES.has(role))) signs |= SIGN.box;
  return signs;
}
