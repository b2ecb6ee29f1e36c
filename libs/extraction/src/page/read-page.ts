import { Parser } from 'htmlparser2';
import { isInline } from './inline-tags.ts';
import type { PageNode, PageTree } from './page-tree.ts';

/** The tree is cut off here: whatever is nested deeper is text of its deepest kept ancestor. */
const MAX_TREE_DEPTH = 250;
/** htmlparser2 takes time that grows with the square of the nesting, so reading stops here. */
const MAX_MARKUP_DEPTH = 2_000;
const MAX_NODES = 150_000;
const MAX_TEXT_LENGTH = 4_000_000;
const MAX_JSON_LD_LENGTH = 1_000_000;
const MAX_META_LENGTH = 20_000;
const MAX_COLLECTED = 2_000;

const UNREAD: ReadonlySet<string> = new Set(
  'script style noscript template svg math iframe frame frameset object embed applet canvas audio video map select option textarea input button datalist dialog progress meter title link meta base'.split(
    ' ',
  ),
);
const VOID: ReadonlySet<string> = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);
const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(
  'href src alt itemprop content datetime rel title role style hidden aria-hidden'.split(' '),
);
const BLANKS = /[\s\u200b]+/gu;
const DATE_OR_AUTHOR =
  /date|time|publish|posted|updated|author|byline|by-line|writer|credit|autor|datum|fecha|meta|info/i;

export class MarkupTooDeep extends Error {
  readonly code = 'TOO_DEEP';
  readonly retry = 'never';

  constructor(depth: number) {
    super(`elements are nested more than ${depth} deep`);
  }
}

/** Reads a page in one pass. Throws MarkupTooDeep. */
export function readPage(html: string): PageTree {
  const builder = new TreeBuilder();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => builder.open(name, attributes),
      ontext: (text) => builder.text(text),
      onclosetag: (name) => builder.close(name),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return builder.finish();
}

type Attributes = Readonly<Record<string, string>>;

class TreeBuilder {
  readonly #root: PageNode = createNode('#root', '', null, null);
  readonly #meta = new Map<string, string[]>();
  readonly #jsonLd: string[] = [];
  readonly #marked: PageNode[] = [];
  readonly #named: PageNode[] = [];
  #current: PageNode = this.#root;
  #depth = 0;
  /** Depth at which an unread element opened; 0 outside of one. */
  #unreadFrom = 0;
  /** Open elements below the deepest kept one. */
  #overflow = 0;
  #nodes = 0;
  #textLength = 0;
  #preformatted = 0;
  #capture: 'title' | 'json-ld' | null = null;
  #captured = '';
  #title = '';
  #language: string | null = null;
  #canonicalUrl: string | null = null;
  #baseUrl: string | null = null;

  open(name: string, attributes: Attributes): void {
    this.#depth++;
    if (this.#depth > MAX_MARKUP_DEPTH) throw new MarkupTooDeep(MAX_MARKUP_DEPTH);
    if (this.#unreadFrom > 0) return;
    if (UNREAD.has(name)) {
      this.#openUnread(name, attributes);
      return;
    }
    if (this.#depth - 1 < MAX_TREE_DEPTH && this.#nodes < MAX_NODES) this.#append(name, attributes);
    else if (!VOID.has(name)) this.#overflow++;
  }

  text(text: string): void {
    if (this.#capture !== null) this.#captured += text;
    if (this.#unreadFrom > 0 || this.#textLength >= MAX_TEXT_LENGTH) return;
    this.#textLength += text.length;
    const clean = this.#preformatted > 0 ? text : text.replace(BLANKS, ' ');
    const kids = this.#current.kids;
    const last = kids.length - 1;
    const before = kids[last];
    if (typeof before === 'string') kids[last] = before + clean;
    // Blanks between tags are most of the texts of a page; at the start of a block they say nothing.
    else if (clean !== ' ' || last >= 0 || isInline(this.#current.tag)) kids.push(clean);
  }

  close(name: string): void {
    const depth = this.#depth--;
    if (this.#unreadFrom > 0) {
      if (depth === this.#unreadFrom) this.#closeUnread();
      return;
    }
    if (this.#overflow > 0 && !VOID.has(name)) {
      this.#overflow--;
      return;
    }
    if (VOID.has(name) || this.#current.parent === null) return;
    if (name === 'pre') this.#preformatted--;
    this.#current = this.#current.parent;
  }

  finish(): PageTree {
    return {
      root: this.#root,
      title: this.#title.replace(/\s+/gu, ' ').trim(),
      language: this.#language,
      canonicalUrl: this.#canonicalUrl,
      baseUrl: this.#baseUrl,
      meta: this.#meta,
      jsonLd: this.#jsonLd,
      marked: this.#marked,
      named: this.#named,
      isCut: this.#nodes >= MAX_NODES || this.#textLength >= MAX_TEXT_LENGTH,
    };
  }

  #append(name: string, attributes: Attributes): void {
    const names = joinNames(attributes['class'], attributes['id']);
    const node = createNode(name, names, keptAttributes(attributes), this.#current);
    if (name === 'html') this.#language ??= attributes['lang'] ?? attributes['xml:lang'] ?? null;
    this.#nodes++;
    this.#current.kids.push(node);
    this.#collect(node);
    if (VOID.has(name)) return;
    if (name === 'pre') this.#preformatted++;
    this.#current = node;
  }

  #collect(node: PageNode): void {
    if (isMarked(node)) {
      if (this.#marked.length < MAX_COLLECTED) this.#marked.push(node);
    } else if (node.names !== '' && DATE_OR_AUTHOR.test(node.names)) {
      if (this.#named.length < MAX_COLLECTED) this.#named.push(node);
    }
  }

  #openUnread(name: string, attributes: Attributes): void {
    if (name === 'meta') this.#readMeta(attributes);
    else if (name === 'link') this.#readLink(attributes);
    else if (name === 'base') this.#baseUrl ??= attributes['href'] ?? null;
    this.#capture = this.#captureOf(name, attributes);
    this.#unreadFrom = this.#depth;
    this.#captured = '';
  }

  #captureOf(name: string, attributes: Attributes): 'title' | 'json-ld' | null {
    if (name === 'title' && this.#title === '') return 'title';
    return name === 'script' && /ld\+json/i.test(attributes['type'] ?? '') ? 'json-ld' : null;
  }

  #closeUnread(): void {
    if (this.#capture === 'title') this.#title = this.#captured.slice(0, MAX_META_LENGTH);
    else if (this.#capture === 'json-ld' && this.#captured.length <= MAX_JSON_LD_LENGTH)
      this.#jsonLd.push(this.#captured);
    this.#capture = null;
    this.#captured = '';
    this.#unreadFrom = 0;
  }

  #readMeta(attributes: Attributes): void {
    const content = attributes['content'];
    if (content === undefined || content.length > MAX_META_LENGTH) return;
    for (const key of ['property', 'name', 'itemprop', 'http-equiv'] as const) {
      const name = attributes[key]?.toLowerCase().trim();
      if (name === undefined || name === '') continue;
      const values = this.#meta.get(name);
      if (values === undefined) this.#meta.set(name, [content.trim()]);
      else if (values.length < 100) values.push(content.trim());
    }
  }

  #readLink(attributes: Attributes): void {
    if (/(?:^|\s)canonical(?:\s|$)/i.test(attributes['rel'] ?? ''))
      this.#canonicalUrl ??= attributes['href'] ?? null;
  }
}

function isMarked({ tag, attributes }: PageNode): boolean {
  if (tag === 'time' || tag === 'h1') return true;
  return attributes?.['itemprop'] !== undefined || attributes?.['rel'] === 'author';
}

function createNode(
  tag: string,
  names: string,
  attributes: Attributes | null,
  parent: PageNode | null,
): PageNode {
  return {
    tag,
    names,
    attributes,
    parent,
    kids: [],
    textLength: 0,
    linkLength: 0,
    goodLength: 0,
    signs: -1,
  };
}

function joinNames(className: string | undefined, id: string | undefined): string {
  if (id === undefined) return className ?? '';
  return className === undefined ? id : `${className} ${id}`;
}

function keptAttributes(attributes: Attributes): Attributes | null {
  let kept: Record<string, string> | null = null;
  for (const name in attributes) {
    if (!KEPT_ATTRIBUTES.has(name)) continue;
    const value = attributes[name];
    if (value === undefined || value.length > MAX_META_LENGTH) continue;
    kept ??= {};
    kept[name] = value;
  }
  return kept;
}
