import { decodeAttribute, decodeReferences } from './character-references.ts';
import { SIGN, SignReader } from './class-words.ts';
import { hasRelAuthor, rawAttribute, type PageNode, type PageTree } from './page-tree.ts';
import { attributeNames, scanMarkup, type MarkupReceiver } from './scan-markup.ts';
import { NO_PAIRS, type TagAttributes } from './tag-attributes.ts';
import { UNKNOWN_TAG, type TagRules } from './tag-rules.ts';

/** The tree is cut off here: whatever is nested deeper is text of its deepest kept ancestor. */
const MAX_TREE_DEPTH = 250;
/** No article is nested so deep; whoever writes such pages wants to exhaust their readers. */
const MAX_MARKUP_DEPTH = 2_000;
const MAX_NODES = 150_000;
const MAX_TEXT_LENGTH = 4_000_000;
const MAX_JSON_LD_LENGTH = 1_000_000;
const MAX_META_LENGTH = 20_000;
const MAX_COLLECTED = 2_000;
const MAX_SCRIPTS = 200;

const WANTED = attributeNames(
  'class id href src alt itemprop content datetime rel title role style hidden aria-hidden lang xml:lang type name property http-equiv shadowrootmode width height data-src'.split(
    ' ',
  ),
);
/** They are in a node's names. */
const NAMING: ReadonlySet<string> = new Set(['class', 'id']);
const NO_KIDS: readonly (PageNode | string)[] = [];
const AUTHOR_PAGE =
  /\/(?:author|autor|autoren|auteur|redakteur|writer|contributor|columnist|journalist|reporter|byline)s?\/[^/]/i;
const BLANKS = /[\s\u200b]+/gu;
const BLANK_RUN = /[^\S ]| {2}|\u200b/u;

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
  scanMarkup(html, WANTED, builder);
  return builder.finish();
}

const ROOT: TagRules = {
  name: '#root',
  number: UNKNOWN_TAG,
  isVoid: false,
  isInline: false,
  isUnread: false,
  isRawText: false,
  closes: null,
};

class TreeBuilder implements MarkupReceiver {
  readonly #root: PageNode = createNode(ROOT, null, null, 0);
  readonly #signs = new SignReader();
  readonly #meta = new Map<string, string[]>();
  readonly #jsonLd: string[] = [];
  readonly #marked: PageNode[] = [];
  readonly #named: PageNode[] = [];
  readonly #authorLinks: PageNode[] = [];
  readonly #scripts: string[] = [];
  /** What open elements hold so far, one after the other: arrays of kids are made once, in their size. */
  readonly #pending: (PageNode | string)[] = [];
  /** Where the kids of each open element begin. */
  readonly #begins: number[] = [];
  #pendingCount = 0;
  #begin = 0;
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

  open(tag: TagRules, attributes: TagAttributes): void {
    this.#depth++;
    if (this.#depth > MAX_MARKUP_DEPTH) throw new MarkupTooDeep(MAX_MARKUP_DEPTH);
    if (this.#unreadFrom > 0) return;
    if (tag.isUnread && !isShadowRoot(tag, attributes)) this.#openUnread(tag.name, attributes);
    else if (this.#depth - 1 < MAX_TREE_DEPTH && this.#nodes < MAX_NODES)
      this.#append(tag, attributes);
    else if (!tag.isVoid) this.#overflow++;
  }

  text(text: string, isRaw: boolean): void {
    if (isRaw) this.#keepRaw(text);
    if (this.#unreadFrom > 0 || this.#textLength >= MAX_TEXT_LENGTH) return;
    this.#textLength += text.length;
    const clean = this.#preformatted > 0 ? decodeReferences(text) : cleanText(text);
    const isFirst = this.#pendingCount === this.#begin;
    const before = isFirst ? undefined : this.#pending[this.#pendingCount - 1];
    if (typeof before === 'string') this.#pending[this.#pendingCount - 1] = before + clean;
    // Blanks between tags are most of the texts of a page; at the start of a block they say nothing.
    else if (clean !== ' ' || !isFirst || this.#current.isInline) this.#addKid(clean);
  }

  #addKid(kid: PageNode | string): void {
    this.#pending[this.#pendingCount++] = kid;
  }

  #keepRaw(text: string): void {
    if (this.#capture !== null) this.#captured += text;
    else if (this.#scripts.length < MAX_SCRIPTS) this.#scripts.push(text);
  }

  close(tag: TagRules): void {
    const depth = this.#depth--;
    if (this.#unreadFrom > 0) {
      if (depth === this.#unreadFrom) this.#closeUnread();
      return;
    }
    if (tag.isVoid) return;
    if (this.#overflow > 0) {
      this.#overflow--;
      return;
    }
    if (this.#current.parent === null) return;
    if (tag.name === 'pre') this.#preformatted--;
    this.#takeKids();
    this.#current = this.#current.parent;
    this.#begin = this.#begins.pop() ?? 0;
  }

  #takeKids(): void {
    if (this.#pendingCount === this.#begin) return;
    this.#current.kids = this.#pending.slice(this.#begin, this.#pendingCount);
    this.#pendingCount = this.#begin;
  }

  finish(): PageTree {
    this.#takeKids();
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
      authorLinks: this.#authorLinks,
      scripts: this.#scripts,
      isCut: this.#nodes >= MAX_NODES || this.#textLength >= MAX_TEXT_LENGTH,
    };
  }

  #append(tag: TagRules, attributes: TagAttributes): void {
    const signs = this.#signs.read(tag.name, attributes);
    const node = createNode(tag, attributes, this.#current, signs);
    if (tag.name === 'html')
      this.#language ??= attributes.get('lang') ?? attributes.get('xml:lang') ?? null;
    this.#nodes++;
    this.#addKid(node);
    this.#collect(node);
    if (tag.isVoid) return;
    if (tag.name === 'pre') this.#preformatted++;
    this.#begins.push(this.#begin);
    this.#begin = this.#pendingCount;
    this.#current = node;
  }

  #collect(node: PageNode): void {
    if (node.tag === 'a' && AUTHOR_PAGE.test(rawAttribute(node, 'href') ?? '')) {
      if (this.#authorLinks.length < MAX_COLLECTED) this.#authorLinks.push(node);
    }
    if (isMarked(node)) {
      if (this.#marked.length < MAX_COLLECTED) this.#marked.push(node);
    } else if ((node.signs & SIGN.metadata) !== 0) {
      if (this.#named.length < MAX_COLLECTED) this.#named.push(node);
    }
  }

  #openUnread(name: string, attributes: TagAttributes): void {
    if (name === 'meta') this.#readMeta(attributes);
    else if (name === 'link') this.#readLink(attributes);
    else if (name === 'base') this.#baseUrl ??= decoded(attributes.get('href'));
    this.#capture = this.#captureOf(name, attributes);
    this.#unreadFrom = this.#depth;
    this.#captured = '';
  }

  #captureOf(name: string, attributes: TagAttributes): 'title' | 'json-ld' | null {
    if (name === 'title' && this.#title === '') return 'title';
    return name === 'script' && /ld\+json/i.test(attributes.get('type') ?? '') ? 'json-ld' : null;
  }

  #closeUnread(): void {
    if (this.#capture === 'title')
      this.#title = decodeReferences(this.#captured.slice(0, MAX_META_LENGTH));
    else if (this.#capture === 'json-ld' && this.#captured.length <= MAX_JSON_LD_LENGTH)
      this.#jsonLd.push(this.#captured);
    this.#capture = null;
    this.#captured = '';
    this.#unreadFrom = 0;
  }

  #readMeta(attributes: TagAttributes): void {
    const written = attributes.get('content');
    if (written === undefined || written.length > MAX_META_LENGTH) return;
    const content = decodeAttribute(written).trim();
    for (const key of ['property', 'name', 'itemprop', 'http-equiv'] as const) {
      const name = attributes.get(key)?.toLowerCase().trim();
      if (name === undefined || name === '') continue;
      const values = this.#meta.get(name);
      if (values === undefined) this.#meta.set(name, [content]);
      else if (values.length < 100) values.push(content);
    }
  }

  #readLink(attributes: TagAttributes): void {
    if (/(?:^|\s)canonical(?:\s|$)/i.test(attributes.get('rel') ?? ''))
      this.#canonicalUrl ??= decoded(attributes.get('href'));
  }
}

/** What a component shows may stand in a template (HTML, declarative shadow root). */
function isShadowRoot({ name }: TagRules, attributes: TagAttributes): boolean {
  return name === 'template' && attributes.get('shadowrootmode') !== undefined;
}

function isMarked(node: PageNode): boolean {
  if (node.tag === 'time' || node.tag === 'h1') return true;
  return rawAttribute(node, 'itemprop') !== null || hasRelAuthor(node);
}

function createNode(
  tag: TagRules,
  attributes: TagAttributes | null,
  parent: PageNode | null,
  signs: number,
): PageNode {
  return {
    tag: tag.name,
    isInline: tag.isInline,
    names: attributes === null ? '' : joinNames(attributes.get('class'), attributes.get('id')),
    attributes: attributes?.toPairs(NAMING) ?? NO_PAIRS,
    parent,
    kids: NO_KIDS,
    signs,
    textLength: 0,
    linkLength: 0,
    goodLength: 0,
  };
}

function cleanText(text: string): string {
  if (isBlank(text)) return ' ';
  const decoded = decodeReferences(text);
  return BLANK_RUN.test(decoded) ? decoded.replace(BLANKS, ' ') : decoded;
}

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code !== 32 && (code < 9 || code > 13)) return false;
  }
  return true;
}

function joinNames(className: string | undefined, id: string | undefined): string {
  if (id === undefined) return className ?? '';
  return className === undefined ? id : `${className} ${id}`;
}

function decoded(address: string | undefined): string | null {
  return address === undefined ? null : decodeAttribute(address);
}
