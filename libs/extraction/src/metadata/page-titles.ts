import { attribute, textOf, type PageNode, type PageTree } from '../page/page-tree.ts';
import { foldLine } from '../phrases/fold-line.ts';
import type { Candidate } from './ladder.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { plainWords } from './plain-words.ts';

const LONGEST_TITLE = 500;
const LONGEST_SITE_NAME = 20;
const MIN_HEADING = 10;
const SITE_BORDER = /\s+[|–—»·•:]\s+|\s+-\s+|\s*\|\s*/u;

/** Titles by source, without the name of the site. */
export function readTitles(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  siteName: string | null,
  hinted: string | undefined,
): readonly Candidate<string>[] {
  const heading = mainHeading(page);
  const clean = (title: string | null | undefined): string | null =>
    title === null || title === undefined ? null : withoutSite(oneLine(title), siteName, heading);
  const meta = (name: string): string | undefined =>
    page.meta.get(name)?.find((text) => text !== '');
  return [
    { from: 'json-ld', value: clean(jsonLd?.title) },
    { from: 'meta', value: clean(meta('og:title')) },
    { from: 'meta', value: clean(meta('twitter:title')) },
    {
      from: 'meta',
      value: clean(meta('dc.title') ?? meta('sailthru.title') ?? meta('parsely-title')),
    },
    { from: 'microdata', value: clean(marked(page.marked, 'headline')) },
    { from: 'hints', value: hinted },
    { from: 'visible', value: heading },
    { from: 'visible', value: clean(page.title) },
  ];
}

/** Every wording of the title on the page: lines that repeat one of them are no text. */
export function allTitleWordings(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  hinted: string | undefined,
): string[] {
  const wordings = readTitles(page, jsonLd, null, hinted).map(({ value }) => value ?? '');
  const parts = page.title.split(SITE_BORDER).filter((part) => part.length > LONGEST_SITE_NAME);
  return [...wordings, page.title, ...parts];
}

function marked(nodes: readonly PageNode[], prop: string): string | null {
  const node = nodes.find((candidate) => attribute(candidate, 'itemprop') === prop);
  if (node === undefined) return null;
  return attribute(node, 'content') ?? (textOf(node, LONGEST_TITLE) || null);
}

/** The h1 that shares most words with the page's title; the first where none does. */
function mainHeading(page: PageTree): string | null {
  const titleWords = new Set(foldLine(page.meta.get('og:title')?.[0] ?? page.title).split(' '));
  let best: string | null = null;
  let bestShare = -1;
  for (const node of page.marked) {
    if (node.tag !== 'h1') continue;
    const text = textOf(node, LONGEST_TITLE);
    const words = foldLine(text).split(' ');
    if (words.length === 0 || text === '') continue;
    const share = words.filter((word) => titleWords.has(word)).length / words.length;
    const score = share * Math.min(words.length, 6);
    if (score > bestShare) {
      best = text;
      bestShare = score;
    }
  }
  return best;
}

function oneLine(text: string): string {
  return plainWords(text).slice(0, LONGEST_TITLE);
}

/** Cuts ` | Site` or `Site: ` where the rest is the heading, or the part is the site's name. */
function withoutSite(title: string, siteName: string | null, heading: string | null): string {
  if (heading !== null && heading.length >= MIN_HEADING && startsLike(title, heading))
    return heading;
  return siteName === null ? title : withoutNamedPart(title, foldLine(siteName));
}

function withoutNamedPart(title: string, site: string): string {
  const parts = title.split(/(\s+[|–—»·•]\s+|\s+-\s+|\s*\|\s*)/u);
  if (parts.length < 3 || site === '') return title;
  if (foldLine(parts.at(-1) ?? '') === site) return parts.slice(0, -2).join('').trim();
  return foldLine(parts[0] ?? '') === site ? parts.slice(2).join('').trim() : title;
}

function startsLike(title: string, heading: string): boolean {
  return (
    foldLine(title).startsWith(foldLine(heading)) &&
    SITE_BORDER.test(title.slice(heading.length - 2))
  );
}
