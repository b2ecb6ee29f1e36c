import { Parser } from 'htmlparser2';

/** htmlparser2's time grows with the square of the depth. */
const MAX_DEPTH = 200;
const MAX_VALUE_LENGTH = 4_000;
const MAX_ENTRIES = 50_000;

/** An entry's values by their path below it (`loc`, `news/title`); the first of a name wins. */
export type SitemapEntry = ReadonlyMap<string, string>;

const ENTRY_NAMES = new Set(['url', 'sitemap']);
/** Elements whose children count; all others belong to extensions that are not read. */
const PARENTS = new Set(['news', 'publication', 'image']);

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** Collects the values of entries, whatever their prefixes and whatever is not closed. */
class EntryCollector {
  readonly entries: SitemapEntry[] = [];
  private entry: Map<string, string> | null = null;
  /** Names of the open elements below the entry. */
  private path: string[] = [];
  private text = '';
  /** Text of the entry itself: some write the address there, without `loc`. */
  private bareText = '';

  open(name: string): void {
    if (ENTRY_NAMES.has(name) && !this.path.includes('image')) {
      this.finishEntry();
      this.entry = new Map();
      this.path = [];
      this.bareText = '';
      return;
    }
    if (this.entry === null) return;
    // A value that was never closed ends where its neighbour begins.
    while (this.path.length > 0 && !PARENTS.has(this.path.at(-1) ?? ''))
      this.close(this.path.at(-1) ?? '');
    this.path.push(name);
    this.text = '';
  }

  close(name: string): void {
    if (this.entry === null) return;
    if (ENTRY_NAMES.has(name) && !this.path.includes(name)) {
      this.finishEntry();
      return;
    }
    if (this.path.at(-1) !== name) return;
    const key = this.path.join('/');
    const value = this.text.trim();
    if (value !== '' && !this.entry.has(key)) this.entry.set(key, value);
    this.path.pop();
    this.text = '';
  }

  read(text: string): void {
    if (this.path.length === 0) {
      if (this.entry !== null && this.bareText.length <= MAX_VALUE_LENGTH) this.bareText += text;
    } else if (this.text.length <= MAX_VALUE_LENGTH) this.text += text;
  }

  isFull(): boolean {
    return this.entries.length >= MAX_ENTRIES;
  }

  private finishEntry(): void {
    if (this.entry === null) return;
    const bare = this.bareText.trim();
    if (bare !== '' && !this.entry.has('loc')) this.entry.set('loc', bare);
    if (this.entry.has('loc')) this.entries.push(this.entry);
    this.entry = null;
  }
}

/** The entries of a sitemap or of an index; one that the end of the document cuts off is left out. */
export function parseSitemapEntries(xml: string): readonly SitemapEntry[] {
  const collector = new EntryCollector();
  let depth = 0;
  let isOver = false;
  const parser = new Parser(
    {
      onopentag(name) {
        depth += 1;
        if (depth > MAX_DEPTH || collector.isFull()) parser.pause();
        else collector.open(localName(name));
      },
      onclosetag(name) {
        depth -= 1;
        // At the end the parser reports as closed what the document left open.
        if (!isOver) collector.close(localName(name));
      },
      ontext: (text) => collector.read(text),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  isOver = true;
  parser.end();
  return collector.entries;
}
