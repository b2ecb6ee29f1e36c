import { compile, selectAll } from 'css-select';
import { isTraversal, parse, type Selector } from 'css-what';
import type { AnyNode, Document, Element } from 'domhandler';
import { pricedTree, SelectionTooCostly } from './priced-tree.ts';

/** Why a selector is not taken, or not gone by. */
export interface SelectorFault {
  readonly code: 'SELECTOR_INVALID' | 'SELECTOR_TOO_COSTLY';
  readonly detail: string;
}

export type Selection =
  | { readonly kind: 'selected'; readonly elements: ReadonlySet<Element> }
  | { readonly kind: 'failed'; readonly fault: SelectorFault };

const MAX_LENGTH = 300;
/** Names, classes, attributes, combinators and so on, those in brackets included. */
const MAX_PARTS = 40;
/** `:has(:not(…))` is 2. */
const MAX_NESTING = 2;
/** What the structure of a page decides (Selectors 4); nothing that reads texts or has no standard. */
const PSEUDO_CLASSES = new Set([
  'is',
  'where',
  'not',
  'has',
  'root',
  'empty',
  'first-child',
  'last-child',
  'only-child',
  'nth-child',
  'nth-last-child',
  'first-of-type',
  'last-of-type',
  'only-of-type',
  'nth-of-type',
  'nth-last-of-type',
]);

function innerLists(part: Selector): readonly Selector[][] {
  return part.type === 'pseudo' && Array.isArray(part.data) ? part.data : [];
}

/** All parts, those in brackets after the one that holds them. */
function allParts(lists: readonly Selector[][]): readonly Selector[] {
  return lists.flat().flatMap((part) => [part, ...allParts(innerLists(part))]);
}

function nestingOf(lists: readonly Selector[][]): number {
  const depths = lists.flat().map((part) => {
    const inner = innerLists(part);
    return inner.length === 0 ? 0 : 1 + nestingOf(inner);
  });
  return Math.max(0, ...depths);
}

/** css-what takes `a >` for a selector. */
function endsOpen(lists: readonly Selector[][]): boolean {
  return lists.some((parts) => {
    const last = parts.at(-1);
    return (last && isTraversal(last)) || parts.some((part) => endsOpen(innerLists(part)));
  });
}

function faultOfPart(part: Selector): string | null {
  if (part.type === 'pseudo' && !PSEUDO_CLASSES.has(part.name)) {
    return `:${part.name} is not understood`;
  }
  return part.type === 'parent' ? '< is no combinator' : null;
}

function faultOfSyntax(text: string): SelectorFault | null {
  const lists = parse(text);
  const parts = allParts(lists);
  if (lists.length === 0 || endsOpen(lists)) {
    return { code: 'SELECTOR_INVALID', detail: 'it ends before it names anything' };
  }
  if (parts.length > MAX_PARTS || nestingOf(lists) > MAX_NESTING) {
    const detail = `it has more than ${MAX_PARTS} parts, or brackets nested deeper than ${MAX_NESTING}`;
    return { code: 'SELECTOR_TOO_COSTLY', detail };
  }
  const detail = parts.map(faultOfPart).find((fault) => fault !== null);
  if (detail !== undefined) return { code: 'SELECTOR_INVALID', detail };
  compile<AnyNode, Element>(lists, { adapter: pricedTree(), relativeSelector: false });
  return null;
}

function invalid(error: unknown): SelectorFault {
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'SELECTOR_INVALID', detail: detail.slice(0, MAX_LENGTH) };
}

/** What is wrong with a CSS selector for the links of a page; null where nothing is. Never throws. */
export function faultOfSelector(text: string): SelectorFault | null {
  if (text.length > MAX_LENGTH) {
    return { code: 'SELECTOR_TOO_COSTLY', detail: `it has more than ${MAX_LENGTH} characters` };
  }
  if (text.includes('\0')) return { code: 'SELECTOR_INVALID', detail: 'it holds U+0000' };
  try {
    return faultOfSyntax(text);
  } catch (error) {
    return invalid(error);
  }
}

/** The elements of a page that a selector names, within a bound on the work. Never throws. */
export function selectElements(document: Document, selector: string): Selection {
  const fault = faultOfSelector(selector);
  if (fault !== null) return { kind: 'failed', fault };
  const options = { adapter: pricedTree(), relativeSelector: false };
  try {
    const elements = selectAll<AnyNode, Element>(selector, document, options);
    return { kind: 'selected', elements: new Set(elements) };
  } catch (error) {
    if (!(error instanceof SelectionTooCostly)) return { kind: 'failed', fault: invalid(error) };
    return { kind: 'failed', fault: { code: error.code, detail: error.message } };
  }
}
