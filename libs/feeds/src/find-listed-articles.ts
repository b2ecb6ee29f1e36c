import { registrableDomain } from '@broadsheet/article';
import type { Element } from 'domhandler';
import { leadsElsewhere, looksLikeArticle } from './article-address.ts';
import { parseHtml } from './html-tree.ts';
import { type SelectorFault, selectElements } from './link-selector.ts';
import { type ListedLink, listLinks, timeIn } from './listed-links.ts';

/** An article that a page for people links to. */
export interface ListedArticle {
  /** Absolute, without its fragment. */
  readonly url: string;
  readonly title: string;
  /** ISO 8601 in UTC, as the page says beside the link. */
  readonly publishedAt: string | null;
}

const MAX_ARTICLES = 300;
const MAX_TITLE_LENGTH = 300;
/** Blocks of the same shape that make a list. */
const LIST_LENGTH = 3;
/** Points that a link needs; no single sign is enough. */
const ENOUGH = 4;

interface Candidate {
  readonly url: string;
  readonly links: readonly ListedLink[];
  readonly title: string;
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

/** Scripts without spaces say in ten characters what takes others five words. */
const DENSE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** 2 for what reads like a headline, 1 for what might be a short one. */
function headlinePoints(title: string): number {
  if (DENSE_SCRIPT.test(title)) return Math.min(2, Math.floor(letters(title) / 5));
  const words = title.split(' ').filter((word) => letters(word) > 0).length;
  if (words >= 4 && letters(title) >= 16) return 2;
  return words >= 2 && letters(title) >= 8 ? 1 : 0;
}

function titleOf(links: readonly ListedLink[]): string {
  const headings = links.filter(({ isHeading }) => isHeading);
  const texts = (headings.length > 0 ? headings : links).map(({ text }) => text);
  // A card repeats its teaser in a second link: the headline is the first that reads like one.
  const headline = texts.find((text) => headlinePoints(text) === 2) ?? '';
  return headline || texts.toSorted((a, b) => b.length - a.length)[0] || '';
}

function candidatesOf(links: readonly ListedLink[]): readonly Candidate[] {
  const byUrl = Map.groupBy(links, ({ url }) => url);
  return [...byUrl].map(([url, own]) => ({ url, links: own, title: titleOf(own) }));
}

function repeatedShapes(candidates: readonly Candidate[]): ReadonlySet<string> {
  const urlsOf = new Map<string, number>();
  for (const { links } of candidates) {
    for (const shape of new Set(links.map((link) => link.shape))) {
      urlsOf.set(shape, (urlsOf.get(shape) ?? 0) + 1);
    }
  }
  return new Set([...urlsOf].filter(([, count]) => count >= LIST_LENGTH).map(([shape]) => shape));
}

function pointsOf({ url, links, title }: Candidate, repeated: ReadonlySet<string>): number {
  const signs = [
    links.some(({ isHeading }) => isHeading),
    links.some(({ shape }) => repeated.has(shape)),
    links.some(({ block }) => timeIn(block).isNamed),
  ];
  return headlinePoints(title) + signs.filter(Boolean).length + (looksLikeArticle(url) ? 2 : 0);
}

function toArticle({ url, links, title }: Candidate): ListedArticle {
  const publishedAt = links.map(({ block }) => timeIn(block).utc).find((utc) => utc !== null);
  return { url, title: title.slice(0, MAX_TITLE_LENGTH), publishedAt: publishedAt ?? null };
}

/**
 * The articles that a page for people lists, found by its structure: links on the page's own site, outside of
 * menus and footers, that read like headlines, stand in headings or in repeated blocks, beside a time, or lead
 * to addresses like those of articles. Never throws.
 */
export function findListedArticles(html: string, pageUrl: string): readonly ListedArticle[] {
  const site = registrableDomain(pageUrl);
  const accepts = (url: string) => registrableDomain(url) === site && mayBeArticle(url, pageUrl);
  const choice = { withFurniture: false, accepts };
  const candidates = candidatesOf(listLinks(parseHtml(html), pageUrl, choice));
  const repeated = repeatedShapes(candidates);
  return candidates
    .filter((candidate) => headlinePoints(candidate.title) > 0)
    .filter((candidate) => pointsOf(candidate, repeated) >= ENOUGH)
    .slice(0, MAX_ARTICLES)
    .map(toArticle);
}

export type SelectedArticles =
  | { readonly kind: 'selected'; readonly articles: readonly ListedArticle[] }
  | { readonly kind: 'failed'; readonly fault: SelectorFault };

/**
 * The articles that a page lists, as its reader says: the links that the selector names, and those inside of
 * what it names. Never throws.
 */
export function findSelectedArticles(
  html: string,
  pageUrl: string,
  selector: string,
): SelectedArticles {
  const document = parseHtml(html);
  const selection = selectElements(document, selector);
  if (selection.kind === 'failed') return selection;
  const isNamed = (element: Element) => selection.elements.has(element);
  const accepts = (url: string, path: readonly Element[]) => url !== pageUrl && path.some(isNamed);
  const links = listLinks(document, pageUrl, { withFurniture: true, accepts });
  return { kind: 'selected', articles: candidatesOf(links).slice(0, MAX_ARTICLES).map(toArticle) };
}

function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === '/') end -= 1;
  return path.slice(0, end);
}

/** Neither the page itself, nor one of those above it, nor what is certainly no article. */
function mayBeArticle(url: string, pageUrl: string): boolean {
  if (leadsElsewhere(url)) return false;
  const [own, page] = [new URL(url), new URL(pageUrl)];
  const path = withoutEndSlashes(own.pathname);
  const isAbove = `${withoutEndSlashes(page.pathname)}/`.startsWith(`${path}/`);
  return own.host !== page.host || !isAbove || (own.search !== '' && looksLikeArticle(url));
}
