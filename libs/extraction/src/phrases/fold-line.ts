/** The words of a line, lower-cased, without punctuation: how phrases are compared. */
export function foldLine(line: string): string {
  return line
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
