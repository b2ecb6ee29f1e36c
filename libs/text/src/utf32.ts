/** UTF-32 is no encoding of the web: browsers do not read it. Some feeds are written in it all the same. */
export type Utf32 = 'utf-32le' | 'utf-32be';

const MARK = 0xfeff;
const MAX_CODE_POINT = 0x10ffff;
const REPLACEMENT = 0xfffd;
const BYTES = 4;
/** Arguments of one call. */
const CHUNK = 8_192;

function unitsOf(bytes: Uint8Array, charset: Utf32): (index: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (index) => view.getUint32(index * BYTES, charset === 'utf-32le');
}

/** By a byte order mark, or by a `<` at the beginning; null for anything else. */
export function utf32ByFirstUnit(bytes: Uint8Array): Utf32 | null {
  if (bytes.length < BYTES) return null;
  const first = [MARK, 0x3c];
  if (first.includes(unitsOf(bytes, 'utf-32le')(0))) return 'utf-32le';
  return first.includes(unitsOf(bytes, 'utf-32be')(0)) ? 'utf-32be' : null;
}

function toScalar(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return unit > MAX_CODE_POINT || isSurrogate ? REPLACEMENT : unit;
}

/** Never throws: what is no character becomes U+FFFD. */
export function decodeUtf32(bytes: Uint8Array, charset: Utf32): string {
  const unitAt = unitsOf(bytes, charset);
  const units = Math.floor(bytes.length / BYTES);
  const pieces: string[] = [];
  for (let at = unitAt(0) === MARK ? 1 : 0; at < units; at += CHUNK) {
    const length = Math.min(CHUNK, units - at);
    const scalars = Array.from({ length }, (_, index) => toScalar(unitAt(at + index)));
    pieces.push(String.fromCodePoint(...scalars));
  }
  return pieces.join('');
}
