/** Longest text of an article, in bytes of UTF-8 (DESIGN §3). */
export const MAX_TEXT_BYTES = 1024 * 1024;
export const PARAGRAPH_BORDER = '\n\n';

const encoder = new TextEncoder();

/** Leading paragraphs that fit into `maxBytes` of UTF-8 when joined; a first one too long is cut. */
export function capParagraphs(
  paragraphs: readonly string[],
  maxBytes: number,
): { paragraphs: readonly string[]; isCut: boolean } {
  let left = maxBytes;
  for (const [index, paragraph] of paragraphs.entries()) {
    const size = byteLength(paragraph, left) + PARAGRAPH_BORDER.length;
    if (size > left + PARAGRAPH_BORDER.length) {
      if (index > 0) return { paragraphs: paragraphs.slice(0, index), isCut: true };
      return { paragraphs: [cutToBytes(paragraph, maxBytes)], isCut: true };
    }
    left -= size;
  }
  return { paragraphs, isCut: false };
}

function byteLength(text: string, limit: number): number {
  // UTF-8 takes one to three bytes for a UTF-16 unit, so most texts need no encoding to be judged.
  return text.length > limit || text.length * 3 > limit
    ? encoder.encode(text).length
    : text.length * 3;
}

function cutToBytes(text: string, maxBytes: number): string {
  const target = new Uint8Array(maxBytes);
  const { read } = encoder.encodeInto(text, target);
  return text.slice(0, read);
}
