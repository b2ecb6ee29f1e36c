import { decodeAttribute } from './character-references.ts';

/** An element that may hold text. Scripts, styles, drawings and form widgets never become one. */
export interface PageNode {
  readonly tag: string;
  /** Flows within a line of text. */
  readonly isInline: boolean;
  /** Class and id as written, separated by blanks. */
  readonly names: string;
  /** Names and values, in turn and as written, of the few attributes that are read later. */
  readonly attributes: readonly string[];
  readonly parent: PageNode | null;
  /** Filled when the element closes. */
  kids: readonly (PageNode | string)[];
  /** What its tag, role and names say: bits of SIGN. */
  readonly signs: number;
  /** Filled by measurement: characters, characters in links, characters of good blocks. */
  textLength: number;
  linkLength: number;
  goodLength: number;
}

/** What one pass over the markup collects. */
export interface PageTree {
  readonly root: PageNode;
  readonly title: string;
  readonly language: string | null;
  readonly canonicalUrl: string | null;
  readonly baseUrl: string | null;
  /** Values of `<meta>` by lower-case name, property or itemprop, in order. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  readonly jsonLd: readonly string[];
  /** Elements that carry `itemprop`, `datetime` or `rel=author`, `<time>` and h1, in order. */
  readonly marked: readonly PageNode[];
  /** Elements whose class or id speaks of a date or an author. */
  readonly named: readonly PageNode[];
  /** Links whose address is one of an author's page, in order. */
  readonly authorLinks: readonly PageNode[];
  /** What the page's scripts hold, but JSON-LD. */
  readonly scripts: readonly string[];
  readonly isCut: boolean;
}

const LONGEST_ATTRIBUTE = 20_000;

export function attribute(node: PageNode, name: string): string | null {
  const value = rawAttribute(node, name);
  return value === null || value.length > LONGEST_ATTRIBUTE ? null : decodeAttribute(value);
}

/** The attribute as written. */
export function rawAttribute({ attributes }: PageNode, name: string): string | null {
  for (let index = 0; index < attributes.length; index += 2)
    if (attributes[index] === name) return attributes[index + 1] ?? null;
  return null;
}

export function hasRelAuthor(node: PageNode): boolean {
  const rel = rawAttribute(node, 'rel');
  return rel !== null && /(?:^|\s)author(?:\s|$)/i.test(rel);
}

/** All text below a node, blanks collapsed; stops after `limit` characters. */
export function textOf(node: PageNode, limit: number): string {
  const parts: string[] = [];
  let left = limit;
  const walk = (parent: PageNode): void => {
    for (const kid of parent.kids) {
      if (left <= 0) return;
      if (typeof kid === 'string') {
        parts.push(kid);
        left -= kid.length;
      } else {
        parts.push(' ');
        walk(kid);
      }
    }
  };
  walk(node);
  return parts.join('').replace(/\s+/gu, ' ').trim().slice(0, limit);
}
