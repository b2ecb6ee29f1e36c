import type { Block } from '../emission/block.ts';
import type { JsonLdArticle } from '../metadata/json-ld.ts';
import { textOf, type PageTree } from '../page/page-tree.ts';
import { isTitledLike } from './wordings.ts';

type PageRefusalCode =
  | 'EMPTY_PAGE'
  | 'IS_ERROR_PAGE'
  | 'IS_BOT_WALL'
  | 'IS_LOGIN_WALL'
  | 'IS_COOKIE_WALL'
  | 'IS_LISTING';

export interface PageRefusal {
  readonly code: PageRefusalCode;
  readonly detail: string;
}

/** What a measured page shows of its kind. */
export interface PageFacts {
  /** The page's title, then its first headline. */
  readonly titles: readonly string[];
  /** Characters of all text, of links, and of the article that was made out. */
  readonly textLength: number;
  readonly linkLength: number;
  readonly bodyLength: number;
  /** The article that was made out, where it is short enough to be none. */
  readonly body: string;
  /** The page calls itself an article, or names the day of its publication. */
  readonly saysArticle: boolean;
  /** The address is that of a home page or a section: few and short words, no numbers. */
  readonly hasSectionAddress: boolean;
}

const LONGEST_WALL = 1_500;
const LONGEST_HEADLINE = 300;
const LONGEST_TEASERS = 2_500;
const MAX_SECTION_DEPTH = 2;
const LONGEST_SECTION = 24;
const LISTING_LINK_SHARE = 0.6;
const MIN_LISTING_LENGTH = 1_000;
/** Said by no article of a few lines: what machines that keep machines out write. */
const BOT_CHECK =
  /enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic from your computer|complete the security check|press & hold to confirm|why have i been blocked/i;

/**
 * Why a page is no article; null where it may well be one. In doubt it is one: an article that is
 * refused is lost to its readers, and a page too many is only a page too many.
 */
export function refusePage(facts: PageFacts): PageRefusal | null {
  if (facts.textLength + facts.bodyLength === 0)
    return refusal('EMPTY_PAGE', 'the page shows no text');
  if (facts.saysArticle) return null;
  return refuseWall(facts) ?? refuseListing(facts);
}

function refuseWall({ titles, bodyLength, body }: PageFacts): PageRefusal | null {
  if (bodyLength > LONGEST_WALL) return null;
  const title = (kind: Parameters<typeof isTitledLike>[0]) =>
    titles.find((candidate) => isTitledLike(kind, candidate));
  if (BOT_CHECK.test(body)) return refusal('IS_BOT_WALL', 'it asks for proof of being human');
  const botTitle = title('bot');
  if (botTitle !== undefined) return named('IS_BOT_WALL', botTitle);
  const errorTitle = title('error');
  if (errorTitle !== undefined) return named('IS_ERROR_PAGE', errorTitle);
  const loginTitle = title('login');
  if (loginTitle !== undefined) return named('IS_LOGIN_WALL', loginTitle);
  const cookiesTitle = title('cookies');
  return cookiesTitle === undefined ? null : named('IS_COOKIE_WALL', cookiesTitle);
}

function refuseListing(facts: PageFacts): PageRefusal | null {
  const { textLength, linkLength, bodyLength, hasSectionAddress } = facts;
  const linkShare = linkLength / textLength;
  if (!hasSectionAddress || bodyLength > LONGEST_TEASERS) return null;
  if (textLength < MIN_LISTING_LENGTH || linkShare < LISTING_LINK_SHARE) return null;
  const percent = Math.round(linkShare * 100);
  return refusal('IS_LISTING', `${percent} % of its ${textLength} characters are links`);
}

function named(code: PageRefusalCode, title: string): PageRefusal {
  return refusal(code, `it is titled "${title.slice(0, 200)}"`);
}

function refusal(code: PageRefusalCode, detail: string): PageRefusal {
  return { code, detail };
}

const ARTICLE_META = [
  'article:published_time',
  'article:published',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
  'publishdate',
] as const;

/** Gathers the facts of a page whose lengths are measured. */
export function factsOf(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  blocks: readonly Block[],
  url: string | null,
): PageFacts {
  const bodyLength = blocks.reduce((sum, { text }) => sum + text.length, 0);
  return {
    titles: [page.title, firstHeadline(page)].filter((title) => title !== ''),
    textLength: page.root.textLength,
    linkLength: page.root.linkLength,
    bodyLength,
    body: bodyLength > LONGEST_WALL ? '' : blocks.map(({ text }) => text).join('\n'),
    saysArticle: saysArticle(page, jsonLd),
    hasSectionAddress: isSectionAddress(url ?? page.canonicalUrl),
  };
}

function isSectionAddress(address: string | null): boolean {
  if (address === null || !URL.canParse(address)) return false;
  const { pathname, search } = new URL(address);
  const segments = pathname.split('/').filter(Boolean);
  return search === '' && segments.length <= MAX_SECTION_DEPTH && segments.every(isSectionSegment);
}

function isSectionSegment(segment: string): boolean {
  return segment.length <= LONGEST_SECTION && /^[a-z]+$/i.test(segment);
}

function saysArticle({ meta }: PageTree, jsonLd: JsonLdArticle | null): boolean {
  const types = meta.get('og:type') ?? [];
  return (
    jsonLd !== null ||
    types.some((type) => type.toLowerCase().includes('article')) ||
    ARTICLE_META.some((name) => meta.has(name))
  );
}

function firstHeadline({ marked }: PageTree): string {
  const headline = marked.find(({ tag }) => tag === 'h1');
  return headline === undefined ? '' : textOf(headline, LONGEST_HEADLINE);
}
