import { type AnyNode, Element, Text } from 'domhandler';
import type { Options } from 'css-select';

/** What a selector may look at in one page, in steps; a usual page takes some ten thousand. */
const MAX_STEPS = 2_000_000;
/** Characters that are compared, or nodes that are copied, in the time of one step. */
const UNITS_PER_STEP = 64;

export class SelectionTooCostly extends Error {
  override readonly name = 'SelectionTooCostly';
  readonly code = 'SELECTOR_TOO_COSTLY';
  readonly retry = 'never';
}

type Adapter = NonNullable<Options<AnyNode, Element>['adapter']>;
/** Takes the price of one look at so many characters or nodes. */
type Pay = (units?: number) => void;

function purse(): Pay {
  let stepsLeft = MAX_STEPS;
  return (units = 0) => {
    stepsLeft -= 1 + Math.floor(units / UNITS_PER_STEP);
    if (stepsLeft < 0) throw new SelectionTooCostly('the selector looks at too much of the page');
  };
}

function looksAtOne(
  pay: Pay,
): Pick<Adapter, 'isTag' | 'getName' | 'hasAttrib' | 'getAttributeValue' | 'getText' | 'equals'> {
  const hasAttrib = ({ attribs }: Element, name: string): boolean => {
    pay();
    return Object.hasOwn(attribs, name);
  };
  return {
    isTag: (node): node is Element => {
      pay();
      return node instanceof Element;
    },
    getName: ({ name }) => {
      pay();
      return name;
    },
    hasAttrib,
    getAttributeValue: (element, name) => {
      const value = hasAttrib(element, name) ? element.attribs[name] : undefined;
      pay(value?.length);
      return value;
    },
    // Asked for by `:empty` alone, of what is no element.
    getText: (node) => {
      const text = node instanceof Text ? node.data : '';
      pay(text.length);
      return text;
    },
    equals: (one, other) => {
      pay();
      return one === other;
    },
  };
}

function looksAround(
  pay: Pay,
): Pick<Adapter, 'getChildren' | 'getParent' | 'getSiblings' | 'prevElementSibling'> {
  const payForAll = (nodes: AnyNode[]): AnyNode[] => {
    pay(nodes.length);
    return nodes;
  };
  return {
    getChildren: (node) => payForAll('children' in node ? node.children : []),
    getParent: ({ parent }) => {
      pay();
      return parent;
    },
    getSiblings: (node) => payForAll(node.parent?.children ?? [node]),
    prevElementSibling: (node) => {
      let before = node.prev;
      while (before !== null && !(before instanceof Element)) {
        pay();
        before = before.prev;
      }
      pay();
      return before;
    },
  };
}

/**
 * How css-select looks at a page, every step paid for: what a selector costs depends on selector and page
 * together, so it is counted where it is spent. One is good for one selection.
 *
 * @throws {SelectionTooCostly} from any of its methods, once all steps are spent.
 */
export function pricedTree(): Adapter {
  const pay = purse();
  return { ...looksAtOne(pay), ...looksAround(pay), removeSubsets: (nodes) => nodes };
}
