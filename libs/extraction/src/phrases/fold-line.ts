/** The words of a line, lower-cased, without punctuation: how phrases are compared. */
export function foldLine(line: string): string {
  return (
    line
      .toLowerCase()
      // The lower case of the Turkish capital I with a dot keeps the dot as a mark of its own.
      .replaceAll('i\u0307', 'i')
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim()
  );
}
