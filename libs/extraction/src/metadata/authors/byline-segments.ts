import { textOf, type PageNode } from '../../page/page-tree.ts';
import { AUTHOR_JOINTS } from '../../phrases/phrases.ts';
import { afterDate } from './byline-lines.ts';
import { namesOf } from './clean-names.ts';

const LONGEST_BYLINE = 150;
const MOST_SEGMENTS = 40;
const TWO_WORDS = /^\p{Lu}\S*\s\p{Lu}\S*$/u;

/** The names of a byline, read element by element: what follows a name without a joint is a role. */
export function namesIn(node: PageNode): string[] {
  const names: string[] = [];
  let isNameDue = true;
  for (const segment of segmentsOf(node)) {
    if (isJoint(segment)) {
      isNameDue = true;
      continue;
    }
    const found = isNameDue || opensWithJoint(segment) ? namesOf(afterDate(segment)) : [];
    if (found.length === 0) continue;
    names.push(...found);
    isNameDue = /[,&]\s*$|\s(?:and|und|et|y|e|i|и)\s*$/u.test(segment);
  }
  return names.length === 1 && !names[0]?.includes(' ') ? (splitName(node) ?? names) : names;
}

/** `<span>Ann</span> <span>Lee</span>` is one name. */
function splitName(node: PageNode): string[] | null {
  const [name = '', ...more] = namesOf(textOf(node, LONGEST_BYLINE));
  return more.length === 0 && TWO_WORDS.test(name) ? [name] : null;
}

function isJoint(segment: string): boolean {
  const bare = segment.trim().replace(/^,\s*/u, '');
  return /^[,&;|/]?$/u.test(bare) || AUTHOR_JOINTS.has(bare);
}

function opensWithJoint(segment: string): boolean {
  const [first = ''] = segment.trim().split(/\s+/u, 1);
  return /^[,&]/u.test(first) || AUTHOR_JOINTS.has(first);
}

/** The texts of an element's leaves, in order. */
function segmentsOf(node: PageNode): string[] {
  const segments: string[] = [];
  const walk = (parent: PageNode): void => {
    for (const kid of parent.kids) {
      if (segments.length >= MOST_SEGMENTS) return;
      if (typeof kid !== 'string') walk(kid);
      else if (/[^\s\u00a0]/u.test(kid)) segments.push(kid);
    }
  };
  walk(node);
  return segments;
}
