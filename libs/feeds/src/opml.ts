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

const MAX_DEPTH = 50;
const MAX_FEEDS = 10_000;
const MAX_TEXT_LENGTH = 200;

function attribute(attributes: Readonly<Record<string, string>>, name: string): string | null {
  const found = Object.keys(attributes).find((key) => key.toLowerCase() === name);
  const value = found === undefined ? '' : (attributes[found] ?? '').trim();
  return value === '' ? null : value;
}

function titleOf(attributes: Readonly<Record<string, string>>): string | null {
  const title = attribute(attributes, 'title') ?? attribute(attributes, 'text');
  return title?.slice(0, MAX_TEXT_LENGTH) ?? null;
}

/** Reads the feeds of an OPML file (1.0 to 2.0), leniently; at most 10,000. Never throws. */
export function readOpml(bytes: Uint8Array): OpmlReading {
  const { text } = decodeBytes(bytes, { charset: null, kind: 'xml' });
  if (documentRoot(text) !== 'opml') return { kind: 'not-opml' };
  const feeds: OpmlFeed[] = [];
  /** For each open outline the folder it is; null for one that is a feed. */
  const open: (string | null)[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name.toLowerCase() !== 'outline') return;
        if (open.length >= MAX_DEPTH || feeds.length >= MAX_FEEDS) {
          parser.pause();
          return;
        }
        const url = attribute(attributes, 'xmlurl');
        const folders = open.filter((folder) => folder !== null);
        const folder = folders.join(' / ').slice(0, MAX_TEXT_LENGTH);
        const title = titleOf(attributes);
        if (url !== null) feeds.push({ url, title, folder: folder === '' ? null : folder });
        open.push(url === null ? title : null);
      },
      onclosetag(name) {
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

function outline({ url, title }: OpmlFeed): string {
  const name = escape(title ?? url);
  return `<outline type="rss" text="${name}" title="${name}" xmlUrl="${escape(url)}"/>`;
}

/** A list of subscriptions as OPML 2.0, one outline per folder. */
export function writeOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const folders = Map.groupBy(feeds, (feed) => feed.folder);
  const lines = [...folders].flatMap(([folder, members]) => {
    const outlines = members.map(outline);
    if (folder === null) return outlines;
    const name = escape(folder);
    return [
      `<outline text="${name}" title="${name}">`,
      ...outlines.map((line) => `  ${line}`),
      '</outline>',
    ];
  });
  const body = lines.map((line) => `    ${line}\n`).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n' +
    `  <head><title>${escape(title)}</title></head>\n  <body>\n${body}  </body>\n</opml>\n`
  );
}
