import { BatchUndecodable } from '../messaging.errors.ts';

const CONTINUES = 0x80;
const MAX_VARLONG_BYTES = 10;

/** Reads the variable-length fields of Kafka's record format (KIP-98); throws BatchUndecodable. */
export class ByteReader {
  position: number;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  skip(count: number): void {
    this.need(count);
    this.position += count;
  }

  /** A zigzag varint or varlong. Values beyond 2^53 lose their last bits. */
  readVarint(): number {
    let unsigned = 0;
    let factor = 1;
    for (let index = 0; index < MAX_VARLONG_BYTES; index += 1) {
      this.need(1);
      const byte = this.bytes[this.position] ?? 0;
      this.position += 1;
      unsigned += (byte & ~CONTINUES) * factor;
      if ((byte & CONTINUES) === 0) {
        return unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2;
      }
      factor *= 128;
    }
    throw new BatchUndecodable('a variable-length number is longer than 10 bytes');
  }

  /** Bytes with their length before them; a negative length means null. */
  readBytes(): Buffer | null {
    const length = this.readVarint();
    if (length < 0) return null;
    this.need(length);
    const start = this.position;
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  private need(count: number): void {
    if (count < 0 || count > this.remaining) {
      throw new BatchUndecodable(`a field of ${count} bytes does not fit into ${this.remaining}`);
    }
  }
}
