import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The pages that `writePages` has stored: their bytes are read when they are asked for. */
export function openPages(folder) {
  const urls = JSON.parse(readFileSync(join(folder, 'urls.json'), 'utf8'));
  const paths = urls.map((_, n) => join(folder, `${n}.html`));
  const sizes = paths.map((path) => statSync(path).size);
  return {
    count: urls.length,
    /** The page with `tail` after its end, in memory of its own. */
    page: (n, tail = '') => {
      const body = Buffer.allocUnsafeSlow(sizes[n] + Buffer.byteLength(tail));
      const file = openSync(paths[n]);
      readSync(file, body, 0, sizes[n]);
      closeSync(file);
      body.write(tail, sizes[n]);
      return { url: urls[n], body };
    },
  };
}
