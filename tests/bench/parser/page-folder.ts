import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stores pages one per file, so that what is measured holds one at a time, as a service does. */
export function writePages(
  folder: string,
  pages: Iterable<{ readonly url: string | null; readonly html: string }>,
): void {
  mkdirSync(folder, { recursive: true });
  const urls: (string | null)[] = [];
  for (const { url, html } of pages) {
    writeFileSync(join(folder, `${urls.length}.html`), html);
    urls.push(url);
  }
  writeFileSync(join(folder, 'urls.json'), JSON.stringify(urls));
}
