import { isAddendum, isBodyNode, isBox, isNamedExtra } from './class-words.ts';
import type { PageNode } from './page-tree.ts';

const GOOD_BLOCK_LENGTH = 60;
const GOOD_BLOCK_LINK_SHARE = 0.4;
const DILUTION = 300;
const BODY_BONUS = 1.5;
/** A box that holds more of the page than this is the page, whatever its name. */
const MAIN_SHARE = 0.5;
/** Less than this is no story, whatever is left out for it. */
export const SHORTEST_STORY = 300;
/** An element named as an extra that holds more of the page than this is not one. */
const EXTRA_SHARE = 0.25;

const CANDIDATES: ReadonlySet<string> = new Set(
  '#root article body center dd div form main section table tbody td tr'.split(' '),
);

/** Characters of the line at hand, and how many of them are in links. */
interface Line {
  length: number;
  linked: number;
}

/** Fills the lengths of every element, bottom up. */
export function measure(root: PageNode): void {
  measureBlock(root, false);
}

function measureBlock(block: PageNode, isLinked: boolean): void {
  const line: Line = { length: 0, linked: 0 };
  measureKids(block, isLinked, block, line);
  endLine(block, line);
}

/** Of `block` or of an inline element in it. */
function measureKids(node: PageNode, isLinked: boolean, block: PageNode, line: Line): void {
  for (const kid of node.kids) {
    if (typeof kid === 'string') {
      const length = kid === ' ' ? 0 : kid.length;
      line.length += length;
      if (isLinked) line.linked += length;
    } else if (kid.isInline) {
      measureKids(kid, isLinked || kid.tag === 'a', block, line);
    } else {
      endLine(block, line);
      measureBlock(kid, isLinked);
      block.textLength += kid.textLength;
      block.linkLength += kid.linkLength;
      block.goodLength += kid.goodLength;
    }
  }
}

function endLine(block: PageNode, line: Line): void {
  const { length, linked } = line;
  block.textLength += length;
  block.linkLength += linked;
  if (length >= GOOD_BLOCK_LENGTH && linked < length * GOOD_BLOCK_LINK_SHARE)
    block.goodLength += length;
  line.length = 0;
  line.linked = 0;
}

/** Is told of every element that could be the container, where somebody asks. */
export type SeeCandidate = (node: PageNode, score: number) => void;

/** The element that holds the article and as little else as possible. Needs measured lengths. */
export function chooseContainer(root: PageNode, see?: SeeCandidate): PageNode {
  const half = root.goodLength * MAIN_SHARE;
  const best = bestBelow(root, { mainLength: half, mayHoldAll: (box) => !isAddendum(box) }, see);
  if (best !== null && best.goodLength >= SHORTEST_STORY) return best;
  // Where every text is in a box the names of the boxes say nothing.
  return (
    bestBelow(root, { mainLength: half, mayHoldAll: () => true }, see) ??
    chooseAnyContainer(root, see)
  );
}

/** The same for a page whose names say nothing. */
export function chooseAnyContainer(root: PageNode, see?: SeeCandidate): PageNode {
  return bestBelow(root, { mainLength: 0, mayHoldAll: () => true }, see) ?? root;
}

interface BoxRules {
  /** A box that holds more is none, if it may. */
  readonly mainLength: number;
  readonly mayHoldAll: (box: PageNode) => boolean;
}

/** The best element outside of boxes. */
function bestBelow(
  root: PageNode,
  { mainLength, mayHoldAll }: BoxRules,
  see?: SeeCandidate,
): PageNode | null {
  const extraLength = Math.min(root.goodLength * EXTRA_SHARE, mainLength);
  const longestLeftOut = (kid: PageNode): number => {
    if (isBox(kid)) return kid.goodLength <= mainLength || mayHoldAll(kid) ? mainLength : Infinity;
    return isExtra(kid) ? extraLength : -1;
  };
  let best: PageNode | null = null;
  let bestScore = 0;
  const visit = (node: PageNode): { good: number; length: number } => {
    let { goodLength: good, textLength: length } = node;
    // Nothing within an element without a good block can be the article.
    if (good === 0) return { good, length };
    for (const kid of blocksOf(node)) {
      const limit = longestLeftOut(kid);
      if (kid.goodLength === 0 && limit < 0) continue;
      if (kid.goodLength <= limit) {
        good -= kid.goodLength;
        length -= kid.textLength;
      } else {
        const net = visit(kid);
        good -= kid.goodLength - net.good;
        length -= kid.textLength - net.length;
      }
    }
    const score = scoreOf(node, good, length);
    if (score > 0) see?.(node, score);
    // At a tie the inner element wins: visiting is bottom up.
    if (score > bestScore) {
      bestScore = score;
      best = node;
    }
    return { good, length };
  };
  visit(root);
  return best;
}

/** What is pruned from a text should not draw the container towards it; a form around the page may. */
function isExtra(node: PageNode): boolean {
  return node.tag === 'form' || isNamedExtra(node);
}

function scoreOf(node: PageNode, good: number, length: number): number {
  if (good <= 0 || !(CANDIDATES.has(node.tag) || node.tag.includes('-'))) return 0;
  const density = good / (length + DILUTION);
  return good * density * density * (isBodyNode(node) ? BODY_BONUS : 1);
}

/** Block elements below a node, also those inside inline ones. */
function blocksOf(node: PageNode, blocks: PageNode[] = []): readonly PageNode[] {
  for (const kid of node.kids) {
    if (typeof kid === 'string') continue;
    if (kid.isInline) blocksOf(kid, blocks);
    else blocks.push(kid);
  }
  return blocks;
}
