import { attribute, textOf, type PageNode, type PageTree } from '../page/page-tree.ts';
import { foldLine } from '../phrases/fold-line.ts';
import type { Candidate } from './ladder.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { plainWords } from './plain-words.ts';

const LONGEST_TITLE = 500;
const LONGEST_SITE_NAME = 20;
const MIN_HEADING = 10;
const SAME_STORY = 1 / 3;
const MIN_LABEL = 4;
const MIN_INNER_LABEL = 6;
const LONGEST_REGISTRY = 3;
const LONGEST_PART = 40;
const SITE_BORDER = /\s+[|–—»›·•:]\s+|\s+-\s+|\s*\|\s*/u;
/** Chinese and Japanese pages set no blanks around the border: `标题-新华网`. */
const SEAM_OF_WIDE_SCRIPT = /^[\p{Lo}\p{P}][-_—|][\p{Lo}]/u;
const SITE_IN_FRONT = /^([^:]{2,40}): (.{10,})$/u;
const SITE_BORDERS = /(\s+[|–—»›·•]\s+|\s+-\s+|\s*\|\s*)/u;

/** What is known of the site: its name, and an address on it. */
interface Site {
  readonly name: string | null;
  readonly url: string | null;
}

/** Titles by source, without the name of the site. */
export function readTitles(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  site: Site,
  hinted: string | undefined,
): readonly Candidate<string>[] {
  const isSite = siteJudge(site);
  const node = mainHeading(page, isSite);
  const heading = node === null ? null : textOf(node, LONGEST_TITLE);
  const clean = (title: string | null | undefined): string | null =>
    title === null || title === undefined
      ? null
      : withoutSite(withoutSiteInFront(oneLine(title), site), isSite, heading);
  const meta = (name: string): string | undefined =>
    page.meta.get(name)?.find((text) => text !== '');
  const declared: readonly Candidate<string>[] = [
    { from: 'json-ld', value: clean(jsonLd?.title) },
    { from: 'meta', value: clean(meta('og:title')) },
    { from: 'meta', value: clean(meta('twitter:title')) },
    {
      from: 'meta',
      value: clean(meta('dc.title') ?? meta('sailthru.title') ?? meta('parsely-title')),
    },
    { from: 'microdata', value: clean(marked(page.marked, 'headline')) },
    { from: 'hints', value: hinted },
  ];
  const shown: Candidate<string> = { from: 'visible', value: heading };
  const inTab: Candidate<string> = { from: 'visible', value: clean(page.title) };
  return isHeadline(heading, declared, inTab.value ?? null)
    ? [shown, ...declared, inTab]
    : [...declared, shown, inTab];
}

/**
 * Whether the first heading is believed against what is declared: sites shorten and sharpen titles
 * for machines. It has to be another wording of the same title, and more than one source's.
 */
function isHeadline(
  heading: string | null,
  declared: readonly Candidate<string>[],
  inTab: string | null,
): boolean {
  const [first, ...titles] = declared.filter(({ value }) => (value ?? '') !== '');
  if (heading === null || heading.length < MIN_HEADING || first === undefined) return false;
  const own = foldLine(heading);
  const theirs = foldLine(String(first.value));
  if (own === theirs) return false;
  const others = [...titles.map(({ value }) => String(value)), String(inTab)].map(foldLine);
  const isAgreed = others.includes(own) && !others.includes(theirs);
  const isSameStory = first.from === 'json-ld' && sharedWords(own, theirs) >= SAME_STORY;
  return isAgreed || isSameStory || theirs.endsWith(` ${own}`);
}

function sharedWords(left: string, right: string): number {
  const words = new Set(right.split(' '));
  const own = left.split(' ');
  return own.filter((word) => words.has(word)).length / own.length;
}

/** Every wording of the title on the page: lines that repeat one of them are no text. */
export function allTitleWordings(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  hinted: string | undefined,
): string[] {
  const unknown = { name: null, url: null };
  const wordings = readTitles(page, jsonLd, unknown, hinted).map(({ value }) => value ?? '');
  const parts = page.title.split(SITE_BORDER).filter((part) => part.length > LONGEST_SITE_NAME);
  return [...wordings, page.title, ...parts];
}

/** The page's headline, among all its first headings. */
export function findHeading(page: PageTree, site: Site): PageNode | null {
  return mainHeading(page, siteJudge(site));
}

type IsSite = (part: string) => boolean;

/** Whether a part of a title names the site: as declared, or close to its domain name. */
function siteJudge({ name, url }: Site): IsSite {
  const folded = name === null ? '' : compact(name);
  const label = hostLabel(url);
  return (part) => {
    const own = compact(part);
    if (own === '') return false;
    if (own === folded) return true;
    return label.length >= MIN_LABEL && own.length >= MIN_LABEL && own.length <= LONGEST_PART
      ? own.startsWith(label) ||
          label.startsWith(own) ||
          (label.length >= MIN_INNER_LABEL && own.includes(label))
      : false;
  };
}

/** The name in an address: `harbournews` of `www.harbour-news.example`. */
export function hostLabel(url: string | null): string {
  const host = url === null ? '' : (URL.parse(url)?.hostname ?? '');
  const labels = host.split('.').slice(0, -1);
  // `co.uk`, `com.au`: the label before the registry's own.
  const isRegistry = labels.length > 1 && (labels.at(-1) ?? '').length <= LONGEST_REGISTRY;
  return compact(labels.at(isRegistry ? -2 : -1) ?? '');
}

function compact(text: string): string {
  return foldLine(text).replaceAll(' ', '');
}

function marked(nodes: readonly PageNode[], prop: string): string | null {
  const node = nodes.find((candidate) => attribute(candidate, 'itemprop') === prop);
  if (node === undefined) return null;
  return attribute(node, 'content') ?? (textOf(node, LONGEST_TITLE) || null);
}

/** The h1 that shares most words with the page's title; the first where none does. */
function mainHeading(page: PageTree, isSite: IsSite): PageNode | null {
  const [, ...behind] = page.title.split(SITE_BORDER).map(foldLine);
  const titleWords = new Set(foldLine(page.meta.get('og:title')?.[0] ?? page.title).split(' '));
  let best: PageNode | null = null;
  let bestShare = -1;
  for (const node of page.marked) {
    if (node.tag !== 'h1') continue;
    const text = textOf(node, LONGEST_TITLE);
    const words = foldLine(text).split(' ');
    // Many sites make their own name the first heading of every page.
    if (text === '' || behind.includes(foldLine(text)) || isSite(text)) continue;
    const share = words.filter((word) => titleWords.has(word)).length / words.length;
    const score = share * Math.min(words.length, 6);
    if (score > bestShare) {
      best = node;
      bestShare = score;
    }
  }
  return best;
}

function oneLine(text: string): string {
  return plainWords(text).slice(0, LONGEST_TITLE);
}

/** Before a colon nothing but the site's whole name is one: `Harbour Times: Ferry returns`. */
function withoutSiteInFront(title: string, { name, url }: Site): string {
  const [, front = '', rest = ''] = SITE_IN_FRONT.exec(title) ?? [];
  const own = compact(front);
  const isNamed = own.length >= MIN_LABEL && [compact(name ?? ''), hostLabel(url)].includes(own);
  return isNamed ? rest : title;
}

/** Cuts ` | Site` or `Site: ` where the rest is the heading, or the part is the site's name. */
function withoutSite(title: string, isSite: IsSite, heading: string | null): string {
  if (heading !== null && heading.length >= MIN_HEADING && startsLike(title, heading))
    return heading;
  return withoutNamedPart(title, isSite);
}

function withoutNamedPart(title: string, isSite: IsSite): string {
  const [, bare, bracketed] = /^(.{10,400}) \(([^()]{3,60})\)$/u.exec(title) ?? [];
  if (bare !== undefined && isSite(bracketed ?? '')) return bare;
  const parts = title.split(SITE_BORDERS);
  if (parts.length < 3) return title;
  let start = 0;
  let end = parts.length;
  if (isSite(parts[end - 1] ?? '')) end -= 2;
  else if (isSite(parts[0] ?? '')) start = 2;
  return parts.slice(start, end).join('').trim();
}

function startsLike(title: string, heading: string): boolean {
  return (
    foldLine(title).startsWith(foldLine(heading)) &&
    (SITE_BORDER.test(title.slice(heading.length - 2)) ||
      SEAM_OF_WIDE_SCRIPT.test(title.slice(heading.length - 1)))
  );
}
