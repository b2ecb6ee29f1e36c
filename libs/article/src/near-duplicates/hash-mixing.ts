/** Spreads the bits of a 32-bit hash (the finaliser of MurmurHash3, by Austin Appleby, public domain). */
export function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}

/** A hash over a hash and one more value; the order of values counts. */
export function combine(hash: number, value: number): number {
  return spread(Math.imul(hash, 0x0100_0193) ^ value);
}
