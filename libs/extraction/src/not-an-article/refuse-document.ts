export interface DocumentRefusal {
  readonly code: 'IS_FEED' | 'IS_SITEMAP';
  readonly detail: string;
}

const SEARCHED_CHARACTERS = 2_000;
const PREAMBLE = /^\s*(?:<\?[^>]{0,300}\?>|<!--[\s\S]{0,1000}?-->|<!doctype[^>]{0,300}>)/i;
const ROOT = /^\s*<(?:[\w-]{1,20}:)?(rss|feed|rdf|channel|urlset|sitemapindex|opml)(?=[\s>])/i;

/** Feeds and sitemaps are told by their root element. */
export function refuseDocument(markup: string): DocumentRefusal | null {
  let head = markup.slice(0, SEARCHED_CHARACTERS).replace(/^\ufeff/, '');
  for (let preamble = PREAMBLE.exec(head); preamble; preamble = PREAMBLE.exec(head)) {
    head = head.slice(preamble[0].length);
  }
  const root = ROOT.exec(head)?.[1]?.toLowerCase();
  if (root === undefined) return null;
  const isSitemap = root === 'urlset' || root === 'sitemapindex';
  return { code: isSitemap ? 'IS_SITEMAP' : 'IS_FEED', detail: `its root element is ${root}` };
}
