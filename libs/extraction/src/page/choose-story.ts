import { SHORTEST_STORY } from './choose-container.ts';
import type { PageNode } from './page-tree.ts';

const SHORTEST_OTHER = 200;
/** Less of the text is the first section of a long story, not the first of a few stories. */
const LEAST_SHARE = 1 / 6;

/**
 * The element of the page's own story, where its container holds several: neighbours of one make,
 * each with a headline, as pages show that load the next story on scrolling. `heading` is the
 * headline of the page, as its title has it: sections of one story have other ones.
 */
export function chooseStory(container: PageNode, heading: PageNode | null): PageNode {
  if (heading === null) return container;
  const shortest = Math.max(SHORTEST_STORY, container.goodLength * LEAST_SHARE);
  for (const story of pathBelow(container, heading)) {
    if (story.goodLength < shortest) break;
    const siblings = story.parent?.kids ?? [];
    const at = siblings.indexOf(story);
    const isOther = otherStories(story);
    const others = siblings.map((kid) => typeof kid !== 'string' && isOther(kid));
    // What is loaded on scrolling comes behind the page's own story.
    if (others.includes(true)) return others.indexOf(true) > at ? story : container;
  }
  return container;
}

/** The elements between the two, outermost first; none where the one does not hold the other. */
function pathBelow(container: PageNode, node: PageNode): readonly PageNode[] {
  const path: PageNode[] = [];
  for (let at: PageNode | null = node; at !== container; at = at.parent) {
    if (at === null) return [];
    path.unshift(at);
  }
  return path;
}

/** Whether a neighbour of a story is one like it. The story is looked through once, whatever their number. */
function otherStories(story: PageNode): (neighbour: PageNode) => boolean {
  const isArticle = story.tag === 'article';
  const isDated = isArticle && holds(story, isDate);
  const isTitled = holds(story, isTitle);
  const name = firstName(story);
  return (other) => {
    if (other === story || other.tag !== story.tag) return false;
    if (other.goodLength < SHORTEST_OTHER) return false;
    if (isDated && holds(other, isDate)) return holds(other, isHeadline);
    return isTitled && (isArticle || firstName(other) === name) && holds(other, isTitle);
  };
}

function firstName({ names }: PageNode): string {
  return names.trim().split(/\s+/u, 1)[0] ?? '';
}

/** Sections of one story have headlines of their own, but no dates. */
function isDate({ tag }: PageNode): boolean {
  return tag === 'time';
}

function isHeadline({ tag }: PageNode): boolean {
  return tag === 'h1' || tag === 'h2';
}

function isTitle({ tag }: PageNode): boolean {
  return tag === 'h1';
}

function holds({ kids }: PageNode, isWanted: (node: PageNode) => boolean): boolean {
  return kids.some((kid) => typeof kid !== 'string' && (isWanted(kid) || holds(kid, isWanted)));
}
