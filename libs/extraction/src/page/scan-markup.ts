import { mixName, NameTable } from './name-table.ts';
import { OpenTags } from './open-tags.ts';
import { TagAttributes } from './tag-attributes.ts';
import { tagRules, tagRulesAt, type TagRules } from './tag-rules.ts';

/** Takes what the markup holds, in order. Every element that opens closes, void ones at once. */
export interface MarkupReceiver {
  open(tag: TagRules, attributes: TagAttributes): void;
  /** Raw text is the content of a script, style, title or their like. */
  text(text: string, isRaw: boolean): void;
  close(tag: TagRules): void;
}

const FORM = tagRules('form');
const SVG = tagRules('svg');
const MATH = tagRules('math');
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
 * `wanted` are the attributes to be read.
 */
export function scanMarkup(html: string, wanted: AttributeNames, receiver: MarkupReceiver): void {
  new MarkupScanner(html, wanted, receiver).run();
}

/** Names of attributes, to be found in markup in any letter case. */
export type AttributeNames = NameTable<string>;

export function attributeNames(names: readonly string[]): AttributeNames {
  return new NameTable(names.map((name) => [name, name] as const));
}

class MarkupScanner {
  readonly #html: string;
  readonly #wanted: AttributeNames;
  readonly #receiver: MarkupReceiver;
  readonly #attributes = new TagAttributes();
  readonly #stack: TagRules[] = [];
  readonly #open = new OpenTags();
  #at = 0;
  #textFrom = 0;
  #nameHash = 0;
  #valueFrom = 0;
  #valueTo = 0;

  constructor(html: string, wanted: AttributeNames, receiver: MarkupReceiver) {
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
    const tag = this.#readTagName(this.#at);
    // A tag that the end of the page cuts is no tag.
    if (!this.#readAttributes()) return;
    if (tag === FORM && this.#open.has(FORM)) return;
    if (tag.closes !== null) this.#closeImplied(tag.closes);
    this.#receiver.open(tag, this.#attributes);
    if (tag.isVoid || this.#isClosedDrawing()) {
      this.#receiver.close(tag);
      return;
    }
    this.#stack.push(tag);
    this.#open.add(tag);
    if (tag.isRawText) this.#readRawText(tag);
  }

  /** `<path/>` closes itself within a drawing or formula, and nowhere else. */
  #isClosedDrawing(): boolean {
    return (
      this.#html.charCodeAt(this.#at - 2) === SLASH && (this.#open.has(SVG) || this.#open.has(MATH))
    );
  }

  #readTagName(from: number): TagRules {
    const html = this.#html;
    let end = from;
    let hash = 0;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (isNameEnd(code)) break;
      hash = mixName(hash, code);
    }
    this.#at = end;
    return tagRulesAt(html, from, end, hash);
  }

  #readEndTag(nameFrom: number): void {
    const html = this.#html;
    if (!isLetter(html.charCodeAt(nameFrom))) {
      this.#skipPast('>', nameFrom);
      return;
    }
    const tag = this.#readTagName(nameFrom);
    this.#skipPast('>', this.#at);
    if (this.#open.has(tag)) {
      while (this.#pop() !== tag.name);
    } else if (tag.name === 'p' || tag.name === 'br') {
      if (tag.closes !== null) this.#closeImplied(tag.closes);
      this.#attributes.clear();
      this.#receiver.open(tag, this.#attributes);
      this.#receiver.close(tag);
    }
  }

  #skipPast(mark: string, from: number): void {
    const found = this.#html.indexOf(mark, from);
    this.#at = found < 0 ? this.#html.length : found + mark.length;
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
    this.#open.remove(tag);
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
      const isEnd = isNameEnd(html.charCodeAt(nameEnd));
      if (isEnd && html.slice(end + 2, nameEnd).toLowerCase() === name) break;
      end += 2;
    }
    if (end > this.#at) this.#receiver.text(html.slice(this.#at, end), true);
    this.#at = end;
  }

  /** Comments, doctypes, processing instructions: nothing of them is text. */
  #skipDeclaration(start: number): void {
    const html = this.#html;
    const isComment = html.startsWith('<!--', start);
    if (isComment && (html.startsWith('>', start + 4) || html.startsWith('->', start + 4))) {
      this.#at = html.indexOf('>', start) + 1;
      return;
    }
    if (isComment) this.#skipPast('-->', start + 4);
    else this.#skipPast('>', start + 2);
  }

  /** Reads the wanted attributes up to the tag's end; false where the page ends first. */
  #readAttributes(): boolean {
    const html = this.#html;
    this.#attributes.clear();
    for (;;) {
      this.#skipBlanksAndSlashes();
      if (this.#at >= html.length) return false;
      if (html.charCodeAt(this.#at) === GREATER_THAN) {
        this.#at++;
        return true;
      }
      const from = this.#at;
      const to = this.#findNameEnd();
      this.#findValue();
      const name = this.#wanted.find(html, from, to, this.#nameHash);
      if (name !== undefined)
        this.#attributes.add(name, html.slice(this.#valueFrom, this.#valueTo));
    }
  }

  #skipBlanksAndSlashes(): void {
    const html = this.#html;
    for (; this.#at < html.length; this.#at++) {
      const code = html.charCodeAt(this.#at);
      if (code > 32 && code !== SLASH) return;
    }
  }

  #findNameEnd(): number {
    const html = this.#html;
    // A name may start with the equals sign and with nothing else that ends one.
    let end = this.#at + 1;
    let hash = mixName(0, html.charCodeAt(this.#at));
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (isNameEnd(code) || code === EQUALS) break;
      hash = mixName(hash, code);
    }
    this.#nameHash = hash;
    this.#at = end;
    return end;
  }

  #findValue(): void {
    const html = this.#html;
    let at = this.#afterBlanks(this.#at);
    this.#valueFrom = this.#valueTo = at;
    if (html.charCodeAt(at) !== EQUALS) return;
    at = this.#afterBlanks(at + 1);
    const quote = html.charCodeAt(at);
    if (quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE) {
      const end = html.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", at + 1);
      this.#valueFrom = at + 1;
      this.#valueTo = end < 0 ? html.length : end;
      this.#at = end < 0 ? html.length : end + 1;
    } else this.#findUnquoted(at);
  }

  #afterBlanks(from: number): number {
    let at = from;
    while (this.#html.charCodeAt(at) <= 32) at++;
    return at;
  }

  #findUnquoted(from: number): void {
    const html = this.#html;
    let end = from;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (code <= 32 || code === GREATER_THAN) break;
    }
    this.#valueFrom = from;
    this.#valueTo = this.#at = end;
  }
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function isNameEnd(code: number): boolean {
  return code <= 32 || code === SLASH || code === GREATER_THAN;
}
