const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/** murmur2 as Java's and kafkajs' default partitioners use it; a signed 32-bit integer. */
function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  const byteAt = (index: number): number => bytes[index] ?? 0;
  let hash = SEED ^ length;
  const wholeWords = length - (length % 4);
  for (let at = 0; at < wholeWords; at += 4) {
    let word = byteAt(at) | (byteAt(at + 1) << 8) | (byteAt(at + 2) << 16) | (byteAt(at + 3) << 24);
    word = Math.imul(word, MIX);
    word ^= word >>> 24;
    hash = Math.imul(hash, MIX) ^ Math.imul(word, MIX);
  }
  const rest = length % 4;
  if (rest === 3) hash ^= byteAt(wholeWords + 2) << 16;
  if (rest >= 2) hash ^= byteAt(wholeWords + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ byteAt(wholeWords), MIX);
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}

/** The partition that Java's default partitioner chooses for a key. */
export function partitionOfKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}
