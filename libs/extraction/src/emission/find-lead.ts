import { hasSign, isBox, isNamedExtra, SIGN } from '../page/class-words.ts';
import type { PageNode } from '../page/page-tree.ts';

const SHORTEST_LEAD = 60;
const LONGEST_LEAD = 900;
const LINK_SHARE = 0.3;
const MAX_LEADS = 2;

/**
 * The lead of the story where it stands above its container: what is named as one, and what stands
 * in the same part of the page as the heading. `marked` holds the headings of the page.
 */
export function findLead(container: PageNode, marked: readonly PageNode[]): readonly PageNode[] {
  const withHeading = holdersOf(marked.filter((node) => node.tag === 'h1'));
  const leads: PageNode[] = [];
  for (let at = container; at.parent !== null; at = at.parent) {
    const { kids } = at.parent;
    const above = kids.slice(0, kids.indexOf(at)).filter((kid) => typeof kid !== 'string');
    const head = above.find((kid) => withHeading.has(kid));
    leads.unshift(...above.flatMap((kid) => leadsIn(kid, kid === head)));
    if (head !== undefined || leads.length > MAX_LEADS || at.tag === 'main') break;
  }
  return leads.length <= MAX_LEADS ? leads : [];
}

/** The headings and all that they lie in: damaged pages have thousands, beside thousands of blocks. */
function holdersOf(headings: readonly PageNode[]): ReadonlySet<PageNode> {
  const holders = new Set<PageNode>();
  for (const heading of headings) {
    let at: PageNode | null = heading;
    for (; at !== null && !holders.has(at); at = at.parent) holders.add(at);
  }
  return holders;
}

function leadsIn(node: PageNode, isNamed: boolean): PageNode[] {
  if (isBox(node) || isNamedExtra(node) || node.textLength < SHORTEST_LEAD) return [];
  const named = isNamed || hasSign(node, SIGN.lead);
  if (named && node.textLength <= LONGEST_LEAD)
    return node.linkLength <= node.textLength * LINK_SHARE && node.goodLength > 0 ? [node] : [];
  return node.kids.flatMap((kid) => (typeof kid === 'string' ? [] : leadsIn(kid, named)));
}
