import type { PageNode } from '../page/page-tree.ts';

const OTHER_STORIES = /comment|related|teaser|popular|latest|recent|trending|recommend|archive/i;

/** Whether an element is by its names one of comments or of other stories. */
export function holdsOtherStories({ names }: PageNode): boolean {
  return OTHER_STORIES.test(names);
}

/** Whether an element and all around it may speak of the page's own story. */
export function isAboutPage(node: PageNode): boolean {
  for (let at: PageNode | null = node; at !== null; at = at.parent)
    if (holdsOtherStories(at)) return false;
  return true;
}
