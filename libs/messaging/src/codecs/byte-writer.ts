/** Writes the fields of Kafka's protocol into memory of a size that was worked out before. */
export class ByteWriter {
  readonly bytes: Buffer;
  position: number;

  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  writeInt8(value: number): void {
    this.position = this.bytes.writeInt8(value, this.position);
  }

  writeInt16(value: number): void {
    this.position = this.bytes.writeInt16BE(value, this.position);
  }

  writeInt32(value: number): void {
    this.position = this.bytes.writeInt32BE(value, this.position);
  }

  writeUInt32(value: number): void {
    this.position = this.bytes.writeUInt32BE(value, this.position);
  }

  writeInt64(value: bigint): void {
    this.position = this.bytes.writeBigInt64BE(value, this.position);
  }

  /** A zigzag varint, or a varlong of up to 2^52. */
  writeVarint(value: number): void {
    let rest = zigzag(value);
    while (rest >= 128) {
      this.bytes[this.position] = (rest % 128) | 128;
      this.position += 1;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.position] = rest;
    this.position += 1;
  }

  writeBytes(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.position);
    this.position += bytes.length;
  }

  /** Bytes behind their length as a varint; null has the length -1. */
  writeSized(bytes: Uint8Array | null): void {
    this.writeVarint(bytes === null ? -1 : bytes.length);
    if (bytes !== null) this.writeBytes(bytes);
  }

  /** Text behind its length as an INT16. */
  writeString(text: string | null): void {
    const bytes = text === null ? null : Buffer.from(text);
    this.writeInt16(bytes === null ? -1 : bytes.length);
    if (bytes !== null) this.writeBytes(bytes);
  }
}

/** How many bytes writeVarint takes. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = zigzag(value); rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/** How many bytes writeSized takes. */
export function sizedBytes(bytes: Uint8Array | null): number {
  return bytes === null ? varintBytes(-1) : varintBytes(bytes.length) + bytes.length;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}
