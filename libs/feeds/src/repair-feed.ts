import { Parser } from 'htmlparser2';

/** htmlparser2's time grows with the square of the depth: what comes after is not read. */
const MAX_DEPTH = 200;
/** The library reads no deeper than 100: of what is deeper the text alone is written. */
const MAX_WRITTEN_DEPTH = 90;
const ENTRIES = new Set(['item', 'entry']);
/** Elements of an entry that hold text alone: whatever begins inside shows that they were not closed. */
const TEXT_ELEMENTS = new Set(['title', 'link', 'guid', 'id', 'pubdate', 'published', 'updated']);
const PARTS_OF_ENTRIES = new Set([
  ...TEXT_ELEMENTS,
  'author',
  'category',
  'content',
  'description',
  'enclosure',
  'summary',
]);
const NAME = /^[A-Za-z_][\w.:-]*$/;
/** Names that mean something to every JavaScript object. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** The library knows RDF by its namespace alone, which some feeds leave out or write otherwise. */
function namespacesOf(root: string): Readonly<Record<string, string>> {
  if (localName(root) !== 'rdf') return {};
  const prefix = root.slice(0, root.indexOf(':') + 1);
  return { [prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`]: RDF, 'xmlns:rdf': RDF };
}

/** `r:` for `<r:rss>`: the prefix that all elements of the feed then have. */
function prefixOfRss(name: string): string {
  return localName(name) === 'rss' ? name.slice(0, name.indexOf(':') + 1) : '';
}

function safeName(name: string): string {
  if (RESERVED_NAMES.has(name)) return `x-${name.replaceAll('_', '')}`;
  return NAME.test(name) ? name : 'x-unreadable';
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .filter(([name]) => NAME.test(name) && !RESERVED_NAMES.has(name))
    .map(([name, raw]) => ` ${name}="${raw.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`)
    .join('');
}

/** Writes what it is told as well-formed XML. */
class XmlWriter {
  private readonly pieces: string[] = [];
  private readonly open: string[] = [];
  /** Where the entry that is being written began; null between entries. */
  private entry: { readonly piece: number; readonly depth: number } | null = null;
  private isInCdata = false;
  private rssPrefix = '';
  /** Address of an RSS link that is written as in Atom, and where its text would stand. */
  private link: { readonly piece: number; readonly href: string } | null = null;

  openTag(written: string, attributes: Readonly<Record<string, string>>): void {
    const isRoot = this.pieces.length === 0;
    if (isRoot) this.rssPrefix = prefixOfRss(written);
    const name = this.nameOf(written);
    const isEntry = ENTRIES.has(localName(name));
    if (isEntry) this.closeOpenEntry();
    else this.closeOpenText(name);
    this.wrapInChannel(localName(name));
    if (isEntry) this.entry = { piece: this.pieces.length, depth: this.open.length };
    const namespaces = isRoot ? namespacesOf(name) : {};
    this.push(name, attributesText({ ...attributes, ...namespaces }));
    const { href = '' } = attributes;
    if (name === 'link' && this.isRss() && href !== '') {
      this.link = { piece: this.pieces.length, href };
    }
  }

  closeTag(name: string): void {
    const at = this.open.lastIndexOf(this.nameOf(name));
    if (at !== -1) this.closeDownTo(at);
  }

  startCdata(): void {
    this.isInCdata = true;
    this.pieces.push('<![CDATA[');
  }

  endCdata(): void {
    if (this.isInCdata) this.pieces.push(']]>');
    this.isInCdata = false;
  }

  text(raw: string): void {
    this.pieces.push(this.isInCdata ? raw : raw.replaceAll('<', '&lt;'));
  }

  /** An entry that the end of the document cuts off may lie (half an address): it is left out. */
  finish(): string {
    if (this.entry !== null) {
      this.pieces.length = this.entry.piece;
      this.open.length = this.entry.depth;
      this.isInCdata = false;
    }
    this.closeDownTo(0);
    return this.pieces.join('');
  }

  private nameOf(name: string): string {
    return safeName(name.startsWith(this.rssPrefix) ? name.slice(this.rssPrefix.length) : name);
  }

  private isRss(): boolean {
    return localName(this.open[0] ?? '') === 'rss';
  }

  private closeDownTo(depth: number): void {
    this.endCdata();
    if (this.link?.piece === this.pieces.length) this.text(this.link.href);
    this.link = null;
    while (this.open.length > depth) this.pieces.push(`</${this.open.pop()}>`);
    if (this.entry !== null && this.entry.depth >= depth) this.entry = null;
  }

  private push(name: string, attributes: string): void {
    this.open.push(name);
    this.pieces.push(`<${name}${attributes}>`);
  }

  /** An entry that begins inside another: the first was never closed. */
  private closeOpenEntry(): void {
    if (this.entry !== null) this.closeDownTo(this.entry.depth);
  }

  /** A part of an entry that begins inside a title or an address. */
  private closeOpenText(name: string): void {
    const isInText = TEXT_ELEMENTS.has((this.open.at(-1) ?? '').toLowerCase());
    if (isInText && PARTS_OF_ENTRIES.has(name.toLowerCase()))
      this.closeDownTo(this.open.length - 1);
  }

  private wrapInChannel(name: string): void {
    if (this.open.length === 1 && this.isRss() && name !== 'channel') this.push('channel', '');
  }
}

/**
 * Rewrites a damaged feed as well-formed XML: closes what was left open, escapes stray `<`, wraps entries
 * that lack a channel. Stops where elements nest more than 200 deep and keeps what came before.
 */
export function repairFeed(text: string): string {
  const writer = new XmlWriter();
  let depth = 0;
  let isOver = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > MAX_DEPTH) parser.pause();
        else if (depth <= MAX_WRITTEN_DEPTH) writer.openTag(name, attributes);
      },
      onclosetag(name) {
        depth -= 1;
        if (depth >= MAX_WRITTEN_DEPTH) return;
        // At the end the parser reports as closed what the document left open.
        if (!isOver) writer.closeTag(name);
      },
      oncdatastart: () => writer.startCdata(),
      oncdataend: () => writer.endCdata(),
      ontext: (raw) => writer.text(raw),
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.write(text);
  isOver = true;
  parser.end();
  return writer.finish();
}
