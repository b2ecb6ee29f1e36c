import { decodeBytes } from '@broadsheet/text';
import { Parser } from 'htmlparser2';
import { documentRoot } from './document-root.ts';

/** A feed in a list of subscriptions. */
export interface OpmlFeed {
  readonly url: string;
  readonly title: string | null;
  /** Names of the folders around it, joined with ` / `; null where it lies in none. */
  readonly folder: string | null;
}

export type OpmlReading =
  { readonly kind: 'opml'; readonly feeds: readonly OpmlFeed[] } | { readonly kind: 'not-opml' };

/** Of folders in each other. */
const MAX_DEPTH = 50;
/** Of any elements: htmlparser2's time grows with the square of the depth. */
const MAX_ELEMENT_DEPTH = 200;
const MAX_FEEDS = 10_000;
const MAX_TEXT_LENGTH = 200;
const BETWEEN_FOLDERS = ' / ';

function attribute(attributes: Readonly<Record<string, string>>, name: string): string | null {
  const found = Object.keys(attributes).find((key) => key.toLowerCase() === name);
  const value = found === undefined ? '' : (attributes[found] ?? '').trim();
  return value === '' ? null : value;
}

function titleOf(attributes: Readonly<Record<string, string>>): string | null {
  const title = attribute(attributes, 'title') ?? attribute(attributes, 'text');
  return title?.slice(0, MAX_TEXT_LENGTH) ?? null;
}

const FEED_TYPES = new Set(['rss', 'atom', 'feed']);

/** Old lists write it as `url`, which otherwise leads to a page or another list. */
function addressOf(attributes: Readonly<Record<string, string>>): string | null {
  const isFeed = FEED_TYPES.has(attribute(attributes, 'type')?.toLowerCase() ?? '');
  return attribute(attributes, 'xmlurl') ?? (isFeed ? attribute(attributes, 'url') : null);
}

/** Reads the feeds of an OPML file (1.0 to 2.0), leniently; at most 10,000. Never throws. */
export function readOpml(bytes: Uint8Array): OpmlReading {
  const { text } = decodeBytes(bytes, { charset: null, kind: 'xml' });
  if (documentRoot(text) !== 'opml') return { kind: 'not-opml' };
  const feeds: OpmlFeed[] = [];
  /** For each open outline the folder it is; null for one that is a feed. */
  const open: (string | null)[] = [];
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > MAX_ELEMENT_DEPTH) parser.pause();
        if (name.toLowerCase() !== 'outline') return;
        if (open.length >= MAX_DEPTH || feeds.length >= MAX_FEEDS) {
          parser.pause();
          return;
        }
        const url = addressOf(attributes);
        const folders = open.filter((folder) => folder !== null);
        const folder = folders.join(BETWEEN_FOLDERS).slice(0, MAX_TEXT_LENGTH);
        const title = titleOf(attributes);
        if (url !== null) feeds.push({ url, title, folder: folder === '' ? null : folder });
        open.push(url === null ? title : null);
      },
      onclosetag(name) {
        depth -= 1;
        if (name.toLowerCase() === 'outline') open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return { kind: 'opml', feeds };
}

const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escape(text: string): string {
  return text.replace(CONTROL, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}

function named(name: string): string {
  const written = escape(name.replace(/[\t\r\n]/g, ' '));
  return `text="${written}" title="${written}"`;
}

function outline({ url, title }: OpmlFeed): string {
  return `<outline type="rss" ${named(title ?? url)} xmlUrl="${escape(url)}"/>`;
}

interface Folder {
  readonly feeds: OpmlFeed[];
  readonly folders: Map<string, Folder>;
}

function emptyFolder(): Folder {
  return { feeds: [], folders: new Map() };
}

function folderIn(root: Folder, path: string | null): Folder {
  let folder = root;
  for (const name of path?.split(BETWEEN_FOLDERS) ?? []) {
    const inner = folder.folders.get(name) ?? emptyFolder();
    folder.folders.set(name, inner);
    folder = inner;
  }
  return folder;
}

function linesOf({ feeds, folders }: Folder): readonly string[] {
  const inner = [...folders].flatMap(([name, folder]) => [
    `<outline ${named(name)}>`,
    ...linesOf(folder).map((line) => `  ${line}`),
    '</outline>',
  ]);
  return [...feeds.map(outline), ...inner];
}

/** A list of subscriptions as OPML 2.0, a folder per name between ` / `. */
export function writeOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const root = emptyFolder();
  for (const feed of feeds) folderIn(root, feed.folder).feeds.push(feed);
  const body = linesOf(root)
    .map((line) => `    ${line}\n`)
    .join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n' +
    `  <head><title>${escape(title)}</title></head>\n  <body>\n${body}  </body>\n</opml>\n`
  );
}
