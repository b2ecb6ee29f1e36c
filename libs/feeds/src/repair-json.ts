/** The items of a feed stand in an array within an object. */
const DEPTH_OF_ITEMS = 2;
const NOTABLE = /["{}[\],]/g;
const END_OF_STRING_OR_CONTROL = /["\\\u0000-\u001F]/g;
const END_OF_LIST = /\s*[\]}]/y;

/** Walks through JSON and writes it anew as far as it goes. */
class JsonMender {
  private readonly text: string;
  private readonly pieces: string[] = [];
  private at = 0;
  private depth = 0;
  /** Pieces up to the end of the last whole item. */
  private whole = 0;

  constructor(text: string) {
    this.text = text;
  }

  mend(): string {
    for (let sign = this.next(); sign !== null; sign = this.next()) {
      this.take(sign);
      if (this.depth <= 0 && sign === '}') return this.pieces.join('');
    }
    return `${this.pieces.slice(0, this.whole).join('')}]}`;
  }

  /** Goes to the next sign that matters; null at the end. */
  private next(): string | null {
    NOTABLE.lastIndex = this.at;
    const found = NOTABLE.exec(this.text);
    if (found !== null) this.copyTo(found.index);
    return found?.[0] ?? null;
  }

  private take(sign: string): void {
    if (sign === ',') {
      this.takeComma();
      return;
    }
    this.copyTo(this.at + 1);
    if (sign === '"') this.takeString();
    if (sign === '{' || sign === '[') this.depth += 1;
    if (sign === '}' || sign === ']') this.depth -= 1;
    if (sign === '}' && this.depth === DEPTH_OF_ITEMS) this.whole = this.pieces.length;
  }

  private takeComma(): void {
    END_OF_LIST.lastIndex = this.at + 1;
    if (END_OF_LIST.test(this.text)) this.at += 1;
    else this.copyTo(this.at + 1);
  }

  /** The rest of a string, with its control characters escaped (RFC 8259 §7). */
  private takeString(): void {
    for (;;) {
      END_OF_STRING_OR_CONTROL.lastIndex = this.at;
      const found = END_OF_STRING_OR_CONTROL.exec(this.text);
      this.copyTo(found?.index ?? this.text.length);
      if (found === null) return;
      const [sign] = found;
      if (sign === '\\') this.copyTo(this.at + 2);
      else if (sign === '"') {
        this.copyTo(this.at + 1);
        return;
      } else {
        this.pieces.push(`\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
        this.at += 1;
      }
    }
  }

  private copyTo(end: number): void {
    if (end > this.at) this.pieces.push(this.text.slice(this.at, end));
    this.at = Math.max(this.at, end);
  }
}

/**
 * Rewrites a damaged JSON feed: escapes control characters within strings, drops commas that nothing follows,
 * leaves out what stands after the object, and closes one that the end cuts off after its last whole item.
 */
export function repairJson(text: string): string {
  return new JsonMender(text).mend();
}
