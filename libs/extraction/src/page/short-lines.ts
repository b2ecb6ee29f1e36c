import { isBox } from './class-words.ts';
import type { PageNode } from './page-tree.ts';

const SHORTEST_LINE = 4;
const LONGEST_LINE = 160;
const MAX_LINES = 1_500;
/** The foot of a post says who wrote it and when; the foot of a page says who owns the site. */
const POST_FOOT = /(?:post|entry|article|asset|story)[-_]*(?:foot|meta)/i;

/** Short blocks of the page in order, outside of navigation, comments and sidebars. */
export function shortLines(root: PageNode): readonly string[] {
  const lines: string[] = [];
  let run = '';
  const flush = (): void => {
    const line = run.trim();
    run = '';
    if (line.length >= SHORTEST_LINE && line.length <= LONGEST_LINE) lines.push(line);
  };
  const walk = (node: PageNode): void => {
    for (const kid of node.kids) {
      if (lines.length >= MAX_LINES) return;
      if (typeof kid === 'string') {
        if (run.length <= LONGEST_LINE) run += kid;
      } else if (kid.isInline) walk(kid);
      else {
        flush();
        if (mayHoldFacts(kid, root)) walk(kid);
        flush();
      }
    }
  };
  walk(root);
  flush();
  return lines;
}

function mayHoldFacts(node: PageNode, root: PageNode): boolean {
  return !isBox(node) || node.goodLength > root.goodLength / 2 || POST_FOOT.test(node.names);
}
