import { isBox } from './class-words.ts';
import type { PageNode } from './page-tree.ts';

const LONGEST_LINE = 120;
const MAX_LINES = 600;

/** Short texts of the page in order, outside of navigation, comments and sidebars. */
export function shortLines(root: PageNode): readonly string[] {
  const lines: string[] = [];
  const walk = (node: PageNode): void => {
    for (const kid of node.kids) {
      if (lines.length >= MAX_LINES) return;
      if (typeof kid !== 'string') {
        if (!isBox(kid) || kid.goodLength > root.goodLength / 2) walk(kid);
      } else if (kid.length > 5 && kid.length <= LONGEST_LINE) lines.push(kid.trim());
    }
  };
  walk(root);
  return lines;
}
