import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The pages that `writePages` has stored: their bytes are read when they are asked for. */
export function openPages(folder) {
  const urls = JSON.parse(readFileSync(join(folder, 'urls.json'), 'utf8'));
  return {
    count: urls.length,
    page: (n) => ({ url: urls[n], body: readFileSync(join(folder, `${n}.html`)) }),
  };
}
