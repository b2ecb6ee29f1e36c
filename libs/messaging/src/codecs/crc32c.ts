/** Castagnoli's polynomial, bits reversed (RFC 3720, appendix B.4): what Kafka checks record batches with. */
const POLYNOMIAL = 0x82f63b78;
const LANES = 8;
const TABLES = buildTables();

/**
 * CRC-32C of bytes, unsigned; `before` is that of the bytes before them. Takes eight bytes at a step ("slicing by 8"): `node:zlib` knows the
 * polynomial of gzip only, and a byte at a step costs three times as much.
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  const table = TABLES;
  const { length } = bytes;
  const wholeSteps = length - (length % LANES);
  let crc = ~before;
  let at = 0;
  while (at < wholeSteps) {
    const low =
      crc ^
      (byte(bytes, at) |
        (byte(bytes, at + 1) << 8) |
        (byte(bytes, at + 2) << 16) |
        (byte(bytes, at + 3) << 24));
    crc =
      entry(table, 0x700 + (low & 0xff)) ^
      entry(table, 0x600 + ((low >>> 8) & 0xff)) ^
      entry(table, 0x500 + ((low >>> 16) & 0xff)) ^
      entry(table, 0x400 + (low >>> 24)) ^
      entry(table, 0x300 + byte(bytes, at + 4)) ^
      entry(table, 0x200 + byte(bytes, at + 5)) ^
      entry(table, 0x100 + byte(bytes, at + 6)) ^
      entry(table, byte(bytes, at + 7));
    at += LANES;
  }
  for (; at < length; at += 1) crc = entry(table, (crc ^ byte(bytes, at)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function entry(table: Int32Array, at: number): number {
  return table[at] ?? 0;
}

/** Table n holds what a byte does to the checksum when n more bytes follow it. */
function buildTables(): Int32Array {
  const tables = new Int32Array(LANES * 256);
  for (let value = 0; value < 256; value += 1) {
    let crc = value;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    tables[value] = crc;
  }
  for (let at = 256; at < tables.length; at += 1) {
    const before = entry(tables, at - 256);
    tables[at] = entry(tables, before & 0xff) ^ (before >>> 8);
  }
  return tables;
}
