const NAME_START = /[A-Za-z_]/;
const NAME = /^[\w.:-]{1,100}/;
/** Junk before the root element is looked at up to here. */
const MAX_PROLOGUE = 64 * 1024;

function endOfDoctype(text: string, start: number): number {
  const end = text.indexOf('>', start);
  const subset = text.indexOf('[', start);
  if (subset === -1 || subset > end) return end;
  const endOfSubset = text.indexOf(']', subset);
  return endOfSubset === -1 ? -1 : text.indexOf('>', endOfSubset);
}

/** Index of the last character of the markup at `start`; -1 where it never ends. */
function endOfPrologueItem(text: string, start: number): number {
  if (text.startsWith('<!--', start)) {
    const end = text.indexOf('-->', start + 4);
    return end === -1 ? -1 : end + 2;
  }
  if (text.startsWith('<!', start)) return endOfDoctype(text, start);
  return text.startsWith('<?', start) ? text.indexOf('>', start) : start;
}

/**
 * What a document is by its first element: the local name in lower case, `{` for a JSON object, null for
 * neither. Feed libraries search the whole text for the word "rss"; a page that quotes one is no feed.
 */
export function documentRoot(text: string): string | null {
  if (/^[\s\uFEFF]*\{/.test(text.slice(0, 100))) return '{';
  let at = text.indexOf('<');
  while (at !== -1 && at < MAX_PROLOGUE) {
    if (NAME_START.test(text.charAt(at + 1))) {
      const name = NAME.exec(text.slice(at + 1, at + 101))?.[0] ?? '';
      return name.slice(name.indexOf(':') + 1).toLowerCase();
    }
    const end = endOfPrologueItem(text, at);
    at = end === -1 ? -1 : text.indexOf('<', end + 1);
  }
  return null;
}
