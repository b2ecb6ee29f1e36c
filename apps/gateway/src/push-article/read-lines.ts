/** One line of an NDJSON body; `number` counts from 1. */
export type InputLine =
  | { readonly kind: 'line'; readonly number: number; readonly bytes: Buffer }
  /** Longer than allowed; its bytes were dropped as they came. */
  | { readonly kind: 'overlong'; readonly number: number }
  /** The body could not be read any further; always the last. */
  | { readonly kind: 'unreadable'; readonly number: number };

const NEWLINE = 0x0a;

/**
 * The lines that each chunk completes, blank ones left out. Holds one line at most, whatever is sent.
 */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  maxLineBytes: number,
): AsyncGenerator<readonly InputLine[]> {
  const splitter = new LineSplitter(maxLineBytes);
  try {
    for await (const chunk of source) {
      const lines = splitter.add(chunk);
      if (lines.length > 0) yield lines;
    }
  } catch {
    yield [{ kind: 'unreadable', number: splitter.lineNumber }];
    return;
  }
  const last = splitter.end();
  if (last.length > 0) yield last;
}

class LineSplitter {
  private parts: Buffer[] = [];
  private size = 0;
  private number = 1;

  constructor(private readonly maxLineBytes: number) {}

  get lineNumber(): number {
    return this.number;
  }

  add(chunk: Buffer): readonly InputLine[] {
    const lines: InputLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, end));
      lines.push(...this.finish());
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  end(): readonly InputLine[] {
    return this.finish();
  }

  private keep(part: Buffer): void {
    this.size += part.byteLength;
    if (this.size > this.maxLineBytes) this.parts = [];
    else if (part.byteLength > 0) this.parts.push(part);
  }

  private finish(): readonly InputLine[] {
    const { number, size, parts } = this;
    this.number += 1;
    this.parts = [];
    this.size = 0;
    if (size > this.maxLineBytes) return [{ kind: 'overlong', number }];
    const bytes =
      parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, size);
    return isBlank(bytes) ? [] : [{ kind: 'line', number, bytes }];
  }
}

/** Nothing but what may stand between JSON texts; the line end of Windows leaves a carriage return. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
