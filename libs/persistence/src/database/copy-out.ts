import type { Pool } from 'pg';
import { translated } from './session.ts';

/** `PGCOPY\n\377\r\n\0`, flags, length of an extension that there is none of: sent with the first row. */
const HEADER_BYTES = 11 + 4 + 4;
/** How many columns there are, and how long the only one is. */
const ROW_HEADER_BYTES = 2 + 4;

interface CopyConnection {
  query(text: string): void;
}

/**
 * Collects the only column of COPY … TO STDOUT (FORMAT binary): pg has no call for it, but takes such objects. The server
 * sends a message for each row, and one that holds -1 in place of the columns behind the last; see COPY in the
 * PostgreSQL manual, "Binary Format".
 */
class CopyOut {
  private length = 0;
  private isBegun = false;

  constructor(
    private readonly text: string,
    private values: Buffer,
    /** Replaced by pg, which adds its time limit. */
    public callback: (error: Error | null, values?: Buffer) => void,
  ) {}

  submit(connection: CopyConnection): void {
    connection.query(this.text);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const from = (this.isBegun ? 0 : HEADER_BYTES) + ROW_HEADER_BYTES;
    this.isBegun = true;
    const added = chunk.byteLength - from;
    if (added <= 0) return;
    if (this.length + added > this.values.byteLength) this.grow(this.length + added);
    // A copy: the driver goes on to use the memory that this is a view of.
    chunk.copy(this.values, this.length, from);
    this.length += added;
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(null, this.values.subarray(0, this.length));
  }

  private grow(wanted: number): void {
    const larger = Buffer.allocUnsafe(Math.max(wanted, this.values.byteLength * 2));
    this.values.copy(larger, 0, 0, this.length);
    this.values = larger;
  }
}

/**
 * Runs a query of one text column without NULLs and gives its values one behind the other, in UTF-8. By any other way
 * the driver makes strings of them first, which for whoever only passes them on costs more than reading them.
 *
 * @param query without parameters, which COPY does not take
 * @param bytes that are expected; memory for them is taken at once
 */
export async function readBytes(pool: Pool, query: string, bytes: number): Promise<Buffer> {
  const client = await translated(pool.connect());
  let isBroken = true;
  try {
    const copied = new Promise<Buffer>((resolve, reject) => {
      const text = `COPY (${query}) TO STDOUT (FORMAT binary)`;
      const settle = (error: Error | null, values?: Buffer) => {
        if (values === undefined) reject(error ?? new Error('nothing was copied'));
        else resolve(values);
      };
      client.query(new CopyOut(text, Buffer.allocUnsafeSlow(bytes), settle));
    });
    const values = await translated(copied);
    isBroken = false;
    return values;
  } finally {
    client.release(isBroken);
  }
}
