import { isBox } from '../../page/class-words.ts';
import {
  attribute,
  rawAttribute,
  textOf,
  type PageNode,
  type PageTree,
} from '../../page/page-tree.ts';
import { isAboutPage } from '../other-stories.ts';
import { roleBefore, type DateRole } from './date-labels.ts';
import type { DateReader, WrittenDate } from './read-date.ts';

/** Dates of elements by what their mark-up says of them. */
export interface ElementDates {
  /** Marked as the date of publication, by microdata or by the class of a `<time>`. */
  readonly published: WrittenDate | null;
  /** Of the `<time>` closest to the headline that says nothing of its role. */
  readonly unmarked: WrittenDate | null;
  readonly modified: WrittenDate | null;
}

const PUBLISHED_NAME =
  /publi|posted|pubdate|post-?date|entry-date|created|release|datum|fecha|erschien|online/i;
const MODIFIED_NAME = /modif|updat|aktualis|edited|maj|revised/i;
const DATE_NAME = /date|time|publi|posted|datum|fecha|data(?![-_]?(?:id|src))|meta|info|byline/i;
/** Sites show today's date on every page. */
const TODAY_NAME =
  /(?:^|\s)(?:site-|page-|top-?)?(?:header|current|todays?|live|top)[-_]?date(?:\s|$)|(?:^|\s)today(?:\s|$)/i;
const FOREIGN_NAME = /comment|copyright|expir|birth|event|deadline|joined|member/i;
const LONGEST_DATED_TEXT = 200;
const LONGEST_DATE_BOX = 400;
const LONGEST_LABEL = 60;
const MOST_OUTSIDE = 200;

interface DatedNode {
  readonly node: PageNode;
  readonly date: WrittenDate;
  readonly role: DateRole | null;
}

/** Microdata and `<time>`. */
export function readMarked(
  page: PageTree,
  heading: PageNode | null,
  reader: DateReader,
): ElementDates {
  const dated: DatedNode[] = [];
  for (const node of page.marked) {
    if (node.tag !== 'time' && !/date/i.test(rawAttribute(node, 'itemprop') ?? '')) continue;
    const role = roleOfMarked(node);
    if (role === 'foreign' || (role === null && isOutside(node, page.root))) continue;
    const found = dateOfNode(node, reader);
    if (found !== null) dated.push({ node, ...found, role: role ?? found.role });
  }
  return choose(dated, heading);
}

/** Elements whose class or id speaks of a date. */
export function readNamed(
  page: PageTree,
  heading: PageNode | null,
  reader: DateReader,
): ElementDates {
  const dated: DatedNode[] = [];
  for (const node of page.named) {
    if (!mayBeDateLine(node, page.root)) continue;
    const text = textOf(node, LONGEST_DATED_TEXT);
    if (!/\d/.test(text)) continue;
    const whole = reader.read(text);
    const found = whole === null ? reader.find(text) : [{ date: whole, role: null }];
    if (found.length === 0) continue;
    const role = roleOfName(node) ?? roleBefore(textBefore(node));
    for (const { date, role: said } of found) dated.push({ node, date, role: said ?? role });
  }
  return choose(dated, heading);
}

/**
 * In sidebars and footers, which also date other things: what says that it dates this page, what
 * stands within the article, or the only day that they name.
 */
export function readOutside(
  page: PageTree,
  heading: PageNode | null,
  reader: DateReader,
): ElementDates {
  const dated: DatedNode[] = [];
  for (const node of [...page.marked, ...page.named].slice(0, MOST_OUTSIDE)) {
    if (node.textLength > LONGEST_DATE_BOX || !isOutside(node, page.root)) continue;
    if (FOREIGN_NAME.test(node.names) || !isAboutPage(node)) continue;
    const found = dateOfNode(node, reader);
    if (found === null) continue;
    const role = found.role ?? roleBefore(textBefore(node));
    if (role !== 'foreign') dated.push({ node, date: found.date, role });
  }
  const isSoleDay = new Set(dated.map(({ date }) => date.utc.slice(0, 10))).size === 1;
  const story = storyOf(heading);
  const isBelieved = ({ node, role }: DatedNode): boolean =>
    role !== null || isSoleDay || (story !== null && pathOf(node).includes(story));
  return choose(dated.filter(isBelieved), heading);
}

function storyOf(heading: PageNode | null): PageNode | null {
  for (let at = heading; at !== null; at = at.parent) if (at.tag === 'article') return at;
  return null;
}

function choose(dated: readonly DatedNode[], heading: PageNode | null): ElementDates {
  const of = (role: DateRole | null): WrittenDate | null => {
    const nodes = dated.filter((entry) => entry.role === role);
    return closest(nodes, heading)?.date ?? null;
  };
  return { published: of('published'), unmarked: of(null), modified: of('modified') };
}

/** The one that shares most of its surroundings with the headline; of equals the first behind it. */
function closest(dated: readonly DatedNode[], heading: PageNode | null): DatedNode | undefined {
  if (heading === null || dated.length < 2) return dated[0];
  const headingPath = pathOf(heading);
  const placed = dated.map((entry) => placeOf(entry, headingPath));
  const deepest = Math.max(...placed.map(({ sharedDepth }) => sharedDepth));
  const near = placed.filter(({ sharedDepth }) => sharedDepth === deepest);
  return (near.find(({ isBehind }) => isBehind) ?? near.at(-1))?.entry;
}

function placeOf(entry: DatedNode, headingPath: readonly PageNode[]) {
  const path = pathOf(entry.node);
  let sharedDepth = 0;
  while (sharedDepth < path.length && path[sharedDepth] === headingPath[sharedDepth]) sharedDepth++;
  const [own, headings] = [path[sharedDepth], headingPath[sharedDepth]];
  const kids = path[sharedDepth - 1]?.kids ?? [];
  const isBehind =
    own === undefined || headings === undefined || kids.indexOf(own) > kids.indexOf(headings);
  return { entry, sharedDepth, isBehind };
}

function pathOf(node: PageNode): readonly PageNode[] {
  const path: PageNode[] = [];
  for (let at: PageNode | null = node; at !== null; at = at.parent) path.push(at);
  return path.reverse();
}

function roleOfMarked(node: PageNode): DateRole | null {
  const prop = attribute(node, 'itemprop') ?? '';
  if (/dateModified|dateUpdated/i.test(prop)) return 'modified';
  if (/datePublished|dateCreated|dateline/i.test(prop)) return 'published';
  if (node.tag !== 'time') return 'foreign';
  return roleOfName(node) ?? roleBefore(textBefore(node));
}

function roleOfName({ names }: PageNode): DateRole | null {
  if (names === '') return null;
  if (MODIFIED_NAME.test(names)) return 'modified';
  return PUBLISHED_NAME.test(names) ? 'published' : null;
}

/** The words between an element and the one before it, or those of the one before it. */
function textBefore(node: PageNode): string {
  const kids = node.parent?.kids ?? [];
  const at = kids.indexOf(node);
  const before: string[] = [];
  for (let index = at - 1; index >= Math.max(0, at - 2); index--) {
    const kid = kids[index] ?? '';
    before.unshift(typeof kid === 'string' ? kid : textOf(kid, LONGEST_LABEL));
    if (before[0]?.trim() !== '') break;
  }
  return before.join(' ');
}

function dateOfNode(
  node: PageNode,
  reader: DateReader,
): { date: WrittenDate; role: DateRole | null } | null {
  const stamp = reader.read(attribute(node, 'datetime') ?? attribute(node, 'content'));
  if (stamp !== null) return { date: stamp, role: null };
  const text = textOf(node, LONGEST_DATED_TEXT);
  const whole = reader.read(text);
  if (whole !== null) return { date: whole, role: null };
  const found = reader.find(text).find(({ role }) => role !== 'foreign');
  if (found !== undefined) return found;
  const titled = reader.read(attribute(node, 'title'));
  return titled === null ? null : { date: titled, role: null };
}

function mayBeDateLine(node: PageNode, root: PageNode): boolean {
  if (node.textLength > LONGEST_DATE_BOX || !DATE_NAME.test(node.names)) return false;
  const isForeign = FOREIGN_NAME.test(node.names) || TODAY_NAME.test(node.names);
  return !isForeign && !isOutside(node, root);
}

/** Whether a node lies in navigation, comments or a sidebar: in a box that does not hold the article. */
function isOutside(node: PageNode, root: PageNode): boolean {
  for (let at: PageNode | null = node; at !== null; at = at.parent)
    if (isBox(at) && at.goodLength <= root.goodLength / 2) return true;
  return false;
}
