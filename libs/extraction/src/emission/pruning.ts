import { BOX_TAGS, hasSign, isAddendum, isBox, isNamedExtra, SIGN } from '../page/class-words.ts';
import { SHORTEST_STORY } from '../page/choose-container.ts';
import { attribute, type PageNode } from '../page/page-tree.ts';

/**
 * 2 prunes whatever looks unlike text, 1 what is known not to be text, 0 only navigation and the
 * like, -1 only what its tag says: names are not believed.
 */
export type Strength = -1 | 0 | 1 | 2;

export type PruningRule =
  | 'box'
  | 'caption'
  | 'cards'
  | 'class-token'
  | 'class-word'
  | 'figure'
  | 'form'
  | 'header'
  | 'hidden'
  | 'links'
  | 'reading-aid'
  | 'teaser'
  | 'time';

const LINK_LIST_SHARE = 0.5;
const MAX_HIDDEN_LENGTH = 400;
/** No rule but the weakest removes an element that holds more of the article than this. */
const MAIN_SHARE = 0.5;
const LIKELY_SHARE = 0.25;
const CARD_LENGTH = 300;
const MIN_CARDS = 3;
const TEASER = /teaser/i;
const SECTION_HEADING = /^h[2-6]$/;
const HEADING_OR_IMAGE = /^(?:h[1-6]|img|picture|figure)$/;
const LINKED_BOX_TAGS: ReadonlySet<string> = new Set(
  'div section ul ol dl table aside header details'.split(' '),
);

/** Why an element below the container is left out at this strength; null where it stays. */
export function pruningRule(
  node: PageNode,
  container: PageNode,
  strength: Strength,
): PruningRule | null {
  const share = container.goodLength > 0 ? node.goodLength / container.goodLength : 0;
  if (share > MAIN_SHARE && !isLongAddendum(node, container)) return null;
  const furniture = furnitureRule(node, strength);
  if (furniture !== null || strength <= 0) return furniture;
  const known = knownExtraRule(node);
  if (known !== null || strength === 1 || share > LIKELY_SHARE) return known;
  return likelyExtraRule(node);
}

/** Whether what is left beside comments or their like is a story of its own. */
function isLongAddendum(node: PageNode, container: PageNode): boolean {
  return container.goodLength - node.goodLength >= SHORTEST_STORY && isAddendum(node);
}

function furnitureRule(node: PageNode, strength: Strength): PruningRule | null {
  if (node.tag === 'figcaption') return 'caption';
  if (node.tag === 'rt' || node.tag === 'rp') return 'reading-aid';
  // A related box may stand in the text as an inline element; its name alone is not enough there.
  if (node.isInline) return null;
  return (strength < 0 ? BOX_TAGS.has(node.tag) : isBox(node)) ? 'box' : null;
}

function knownExtraRule(node: PageNode): PruningRule | null {
  if (node.tag === 'figure' || node.tag === 'address') return holdsText(node) ? null : 'figure';
  if (node.tag === 'form') return 'form';
  if (isNamedExtra(node)) return 'class-word';
  if (isHidden(node)) return 'hidden';
  if (isLinkBox(node)) return 'links';
  return isTeaser(node) ? 'teaser' : null;
}

/** Without a link it is this story's own lead. */
function isTeaser({ names, linkLength, goodLength }: PageNode): boolean {
  return TEASER.test(names) && (linkLength > 0 || goodLength === 0);
}

function likelyExtraRule(node: PageNode): PruningRule | null {
  if (hasSign(node, SIGN.likelyPruned)) return 'class-token';
  if (node.tag === 'time') return 'time';
  if (isHeaderWithoutText(node)) return 'header';
  return isCardList(node) ? 'cards' : null;
}

/** Themes hide what a script shows later, so only short hidden text is really hidden. */
function isHidden(node: PageNode): boolean {
  if (node.textLength > MAX_HIDDEN_LENGTH) return false;
  const style = attribute(node, 'style');
  return (
    attribute(node, 'hidden') !== null ||
    attribute(node, 'aria-hidden') === 'true' ||
    (style !== null && /display\s*:\s*none/i.test(style))
  );
}

function holdsText(figure: PageNode): boolean {
  return figure.kids.some(
    (kid) => typeof kid !== 'string' && /^(?:table|blockquote|pre|p)$/.test(kid.tag),
  );
}

function isLinkBox(node: PageNode): boolean {
  return (
    LINKED_BOX_TAGS.has(node.tag) &&
    !isPlainList(node) &&
    node.textLength > 0 &&
    node.goodLength === 0 &&
    node.linkLength > node.textLength * LINK_LIST_SHARE
  );
}

/** Whether a list of lines stays depends on the lines around it, which are not known yet. */
function isPlainList({ tag, kids }: PageNode): boolean {
  if (tag !== 'ul' && tag !== 'ol') return false;
  return kids.every(
    (item) => typeof item === 'string' || (item.tag === 'li' && item.kids.every(isInLine)),
  );
}

function isInLine(kid: PageNode | string): boolean {
  return typeof kid === 'string' || kid.isInline || kid.tag === 'p';
}

function isHeaderWithoutText(node: PageNode): boolean {
  return node.tag === 'header' && node.goodLength < 200 && !holds(node, SECTION_HEADING, 3);
}

/** Three or more neighbours of one shape, each a linked headline and little else. */
function isCardList(node: PageNode): boolean {
  if (node.isInline) return false;
  let cards = 0;
  let others = 0;
  for (const kid of node.kids) {
    if (typeof kid === 'string') continue;
    if (isCard(kid)) cards++;
    else if (kid.textLength > 0) others++;
  }
  return cards >= MIN_CARDS && cards > others * 2;
}

function isCard(node: PageNode): boolean {
  if (node.tag === 'p' || node.isInline) return false;
  return (
    node.textLength > 0 &&
    node.textLength < CARD_LENGTH &&
    node.linkLength >= 15 &&
    node.linkLength > node.textLength * 0.3 &&
    holds(node, HEADING_OR_IMAGE, 4)
  );
}

function holds(node: PageNode, tags: RegExp, depth: number): boolean {
  return node.kids.some(
    (kid) =>
      typeof kid !== 'string' && (tags.test(kid.tag) || (depth > 0 && holds(kid, tags, depth - 1))),
  );
}
