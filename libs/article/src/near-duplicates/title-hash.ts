import { createHash } from 'node:crypto';

/** SHA-256 in hex over the words of a title, blind to case, punctuation and the forms of letters. */
export function titleHash(title: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return createHash('sha256').update(words.join(' ')).digest('hex');
}
