import { isBox } from '../../page/class-words.ts';
import {
  attribute,
  hasRelAuthor,
  textOf,
  type PageNode,
  type PageTree,
} from '../../page/page-tree.ts';
import { isAboutPage } from '../other-stories.ts';
import { namesIn } from './byline-segments.ts';
import { FULL_NAME, namesOf } from './clean-names.ts';

const AUTHOR_NAME = /author|byline|by-line|writer|autor|contributor|reporter|journalist|redakteur/i;
const NO_AUTHOR_NAME =
  /bio|about|box|avatar|image|photo|social|comment|share|follow|description|twitter|email|related/i;
const LONGEST_BYLINE = 150;
const SINGLE_NAME = /^[\p{L}\p{N}_-]{3,25}$/u;
const SMALL_BOX = 500;

/** Names by what the mark-up of their element says. */
export interface ElementNames {
  /** Microdata and `rel=author`. */
  readonly marked: readonly string[];
  /** The first element whose class speaks of an author. */
  readonly named: readonly string[];
  /** Links to an author's page. */
  readonly linked: readonly string[];
}

/** In the article, outside of navigation, comments and boxes of other stories. */
export function namesInArticle(page: PageTree): ElementNames {
  return namesWhere(page, (node) => !isInBox(node));
}

/** Anywhere but in comments and boxes of other stories: sites put bylines into footers and sidebars. */
export function namesInBoxes(page: PageTree): ElementNames {
  return namesWhere(page, isAboutPage);
}

function namesWhere(page: PageTree, isPlace: (node: PageNode) => boolean): ElementNames {
  return {
    marked: markedNames(page.marked.filter(isPlace)),
    named: namedBylines(page.named, isPlace),
    linked: linkedNames(page.authorLinks.filter(isPlace)),
  };
}

function markedNames(nodes: readonly PageNode[]): string[] {
  const names: string[] = [];
  for (const node of nodes) {
    const isAuthor = /(?:^|\s)author(?:\s|$)/.test(attribute(node, 'itemprop') ?? '');
    if (!isAuthor && !hasRelAuthor(node)) continue;
    const inner = isAuthor ? findNamed(node) : null;
    const written = inner ?? attribute(node, 'content');
    names.push(...(written === null ? namesIn(node) : namesOf(written)));
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

function namedBylines(
  nodes: readonly PageNode[],
  isPlace: (node: PageNode) => boolean,
): readonly string[] {
  let single: readonly string[] = [];
  for (const node of nodes) {
    if (!mayBeByline(node) || !isPlace(node)) continue;
    const names = namesIn(node);
    const full = names.filter((name) => FULL_NAME.test(name));
    if (full.length > 0) return full;
    // A pen name of one word is believed only where it is all that stands there.
    if (single.length === 0 && names.length === 1 && SINGLE_NAME.test(names[0] ?? ''))
      single = names;
  }
  return single;
}

function mayBeByline(node: PageNode): boolean {
  if (!AUTHOR_NAME.test(node.names) || NO_AUTHOR_NAME.test(node.names)) return false;
  const { length } = textOf(node, LONGEST_BYLINE + 1);
  return length > 2 && length <= LONGEST_BYLINE;
}

/** Links to an author's page: the first, and its neighbours. */
function linkedNames(links: readonly PageNode[]): readonly string[] {
  const names: string[] = [];
  let parent: PageNode | null = null;
  for (const link of links) {
    if (parent !== null && link.parent !== parent) continue;
    const found = namesIn(link).filter((name) => FULL_NAME.test(name));
    if (found.length === 0) continue;
    names.push(...found);
    ({ parent } = link);
  }
  return names;
}

function isInBox(node: PageNode): boolean {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (isBox(at) && at.goodLength === 0) return true;
    if (/related|sidebar|comment|footer|recommend/i.test(at.names) && at.goodLength < SMALL_BOX)
      return true;
  }
  return false;
}
