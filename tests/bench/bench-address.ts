import { createHash } from 'node:crypto';

/** An id that is the same in every run, in the form of a UUID. */
export function addressOf(url: string): { readonly id: string; readonly url: string } {
  const hex = createHash('sha256').update(url).digest('hex');
  const id = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
  return { id, url };
}
