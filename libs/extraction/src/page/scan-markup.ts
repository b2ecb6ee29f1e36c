import { tagRules, type TagRules } from './tag-rules.ts';

/** Attribute values by lower-case name, as written: references are not decoded. */
export type RawAttributes = Readonly<Record<string, string>>;

/** Takes what the markup holds, in order. Every element that opens closes, void ones at once. */
export interface MarkupReceiver {
  open(tag: TagRules, attributes: RawAttributes): void;
  /** Raw text is the content of a script, style, title or their like. */
  text(text: string, isRaw: boolean): void;
  close(tag: TagRules): void;
}

const NO_ATTRIBUTES: RawAttributes = {};
const GREATER_THAN = 62;
const SLASH = 47;
const EXCLAMATION = 33;
const QUESTION = 63;
const EQUALS = 61;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;

/**
 * Reads markup in one pass with the error tolerance of HTML: optional tags, unquoted attributes,
 * stray end tags. It looks only at what an article is read from, and jumps over scripts and
 * comments, which are most of a news page: a complete parser takes three times as long.
 * `wanted` maps attribute names, in lower case, to be read.
 */
export function scanMarkup(
  html: string,
  wanted: ReadonlySet<string>,
  receiver: MarkupReceiver,
): void {
  new MarkupScanner(html, wanted, receiver).run();
}

class MarkupScanner {
  readonly #html: string;
  readonly #wanted: ReadonlySet<string>;
  readonly #receiver: MarkupReceiver;
  readonly #stack: TagRules[] = [];
  /** How many elements of a name are open: a stray end tag must not cost a walk over the stack. */
  readonly #open = new Map<string, number>();
  #at = 0;
  #textFrom = 0;

  constructor(html: string, wanted: ReadonlySet<string>, receiver: MarkupReceiver) {
    this.#html = html;
    this.#wanted = wanted;
    this.#receiver = receiver;
  }

  run(): void {
    const html = this.#html;
    for (;;) {
      const start = html.indexOf('<', this.#at);
      if (start < 0) break;
      this.#at = start + 1;
      this.#readAngle(start, html.charCodeAt(start + 1));
    }
    this.#flushText(html.length);
    while (this.#stack.length > 0) this.#pop();
  }

  #readAngle(start: number, next: number): void {
    if (isLetter(next)) {
      this.#flushText(start);
      this.#readStartTag();
    } else if (next === SLASH) {
      this.#flushText(start);
      this.#readEndTag(start + 2);
    } else if (next === EXCLAMATION || next === QUESTION) {
      this.#flushText(start);
      this.#skipDeclaration(start);
    } else return;
    this.#textFrom = this.#at;
  }

  #flushText(end: number): void {
    if (end > this.#textFrom) this.#receiver.text(this.#html.slice(this.#textFrom, end), false);
  }

  #readStartTag(): void {
    const nameEnd = this.#endOfName(this.#at);
    const tag = tagRules(this.#html.slice(this.#at, nameEnd));
    this.#at = nameEnd;
    const attributes = this.#readAttributes();
    // A tag that the end of the page cuts is no tag.
    if (attributes === null) return;
    if (tag.name === 'form' && this.#isOpen('form')) return;
    if (tag.closes !== null) this.#closeImplied(tag.closes);
    this.#receiver.open(tag, attributes);
    if (tag.isVoid || this.#isClosedDrawing()) {
      this.#receiver.close(tag);
      return;
    }
    this.#stack.push(tag);
    this.#open.set(tag.name, (this.#open.get(tag.name) ?? 0) + 1);
    if (tag.isRawText) this.#readRawText(tag);
  }

  /** `<path/>` closes itself within a drawing or formula, and nowhere else. */
  #isClosedDrawing(): boolean {
    return (
      this.#html.charCodeAt(this.#at - 2) === SLASH && (this.#isOpen('svg') || this.#isOpen('math'))
    );
  }

  #endOfName(from: number): number {
    const html = this.#html;
    let end = from;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (code <= 32 || code === SLASH || code === GREATER_THAN) break;
    }
    return end;
  }

  #readEndTag(nameFrom: number): void {
    const html = this.#html;
    const close = html.indexOf('>', nameFrom);
    this.#at = close < 0 ? html.length : close + 1;
    if (!isLetter(html.charCodeAt(nameFrom))) return;
    const tag = tagRules(html.slice(nameFrom, Math.min(this.#endOfName(nameFrom), this.#at)));
    if (this.#isOpen(tag.name)) {
      while (this.#pop() !== tag.name);
    } else if (tag.name === 'p' || tag.name === 'br') {
      if (tag.closes !== null) this.#closeImplied(tag.closes);
      this.#receiver.open(tag, NO_ATTRIBUTES);
      this.#receiver.close(tag);
    }
  }

  #isOpen(name: string): boolean {
    return (this.#open.get(name) ?? 0) > 0;
  }

  #closeImplied(closed: ReadonlySet<string>): void {
    for (;;) {
      const top = this.#stack.at(-1);
      if (top === undefined || !closed.has(top.name)) return;
      this.#pop();
    }
  }

  #pop(): string | null {
    const tag = this.#stack.pop();
    if (tag === undefined) return null;
    this.#open.set(tag.name, (this.#open.get(tag.name) ?? 1) - 1);
    this.#receiver.close(tag);
    return tag.name;
  }

  #readRawText({ name }: TagRules): void {
    const html = this.#html;
    let end = this.#at;
    for (;;) {
      end = html.indexOf('</', end);
      if (end < 0) {
        end = html.length;
        break;
      }
      const nameEnd = end + 2 + name.length;
      if (html.slice(end + 2, nameEnd).toLowerCase() === name && this.#isNameEnd(nameEnd)) break;
      end += 2;
    }
    if (end > this.#at) this.#receiver.text(html.slice(this.#at, end), true);
    this.#at = end;
  }

  #isNameEnd(at: number): boolean {
    const code = this.#html.charCodeAt(at);
    return code <= 32 || code === SLASH || code === GREATER_THAN;
  }

  /** Comments, doctypes, processing instructions: nothing of them is text. */
  #skipDeclaration(start: number): void {
    const html = this.#html;
    const isComment = html.startsWith('<!--', start);
    if (isComment && (html.startsWith('>', start + 4) || html.startsWith('->', start + 4))) {
      this.#at = html.indexOf('>', start) + 1;
      return;
    }
    const mark = isComment ? '-->' : '>';
    const end = html.indexOf(mark, start + (isComment ? 4 : 2));
    this.#at = end < 0 ? html.length : end + mark.length;
  }

  /** The wanted attributes up to the tag's end; null where the page ends first. */
  #readAttributes(): RawAttributes | null {
    const html = this.#html;
    let attributes: Record<string, string> | null = null;
    for (;;) {
      this.#skipBlanksAndSlashes();
      if (this.#at >= html.length) return null;
      if (html.charCodeAt(this.#at) === GREATER_THAN) {
        this.#at++;
        return attributes ?? NO_ATTRIBUTES;
      }
      const name = this.#readAttributeName();
      const value = this.#readAttributeValue();
      if (!this.#wanted.has(name)) continue;
      attributes ??= {};
      attributes[name] ??= value;
    }
  }

  #skipBlanksAndSlashes(): void {
    const html = this.#html;
    for (; this.#at < html.length; this.#at++) {
      const code = html.charCodeAt(this.#at);
      if (code > 32 && code !== SLASH) return;
    }
  }

  #readAttributeName(): string {
    const html = this.#html;
    const from = this.#at;
    let hasCapital = false;
    // A name may start with the equals sign and with nothing else that ends one.
    let end = from + 1;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (code <= 32 || code === SLASH || code === GREATER_THAN || code === EQUALS) break;
    }
    for (let index = from; index < end && !hasCapital; index++) {
      const code = html.charCodeAt(index);
      hasCapital = code >= 65 && code <= 90;
    }
    this.#at = end;
    const name = html.slice(from, end);
    return hasCapital ? name.toLowerCase() : name;
  }

  #readAttributeValue(): string {
    const html = this.#html;
    let at = this.#afterBlanks(this.#at);
    if (html.charCodeAt(at) !== EQUALS) return '';
    at = this.#afterBlanks(at + 1);
    const quote = html.charCodeAt(at);
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) return this.#readUnquoted(at);
    const end = html.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", at + 1);
    this.#at = end < 0 ? html.length : end + 1;
    return html.slice(at + 1, end < 0 ? html.length : end);
  }

  #afterBlanks(from: number): number {
    let at = from;
    while (this.#html.charCodeAt(at) <= 32) at++;
    return at;
  }

  #readUnquoted(from: number): string {
    const html = this.#html;
    let end = from;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (code <= 32 || code === GREATER_THAN) break;
    }
    this.#at = end;
    return html.slice(from, end);
  }
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}
