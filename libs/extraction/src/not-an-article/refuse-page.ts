import type { Block } from '../emission/block.ts';
import type { JsonLdArticle } from '../metadata/json-ld.ts';
import { isBox } from '../page/class-words.ts';
import { textOf, type PageNode, type PageTree } from '../page/page-tree.ts';
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
  /** The address is that of a home page, a search, a tag, an author, a month. */
  readonly hasListAddress: boolean;
  /** Headlines that lead to other pages, counted at such an address; characters of all paragraphs. */
  readonly linkedHeadlines: number;
  readonly goodLength: number;
  /** The text that was made out stands in a box, such as a consent layer. */
  readonly isInBox: boolean;
}

const LONGEST_WALL = 1_500;
const LONGEST_HEADLINE = 300;
const LONGEST_TEASERS = 2_500;
const MAX_SECTION_DEPTH = 2;
const LONGEST_SECTION = 24;
const LISTING_LINK_SHARE = 0.6;
const MIN_LISTING_LENGTH = 1_000;
const STORY_SHARE = 0.2;
const MIN_LISTED = 6;
const LONGEST_TEASER = 400;
const SHORTEST_LINKED_HEADLINE = 15;
const LINKED_SHARE = 0.8;
const HEADING = /^h[1-6]$/;
const LIST_PATH =
  /^\/(?:(?:[\w-]{1,40}\/){0,2}(?:tags?|categor(?:y|ies)|topics?|authors?|search|archives?|page)(?:\/[^/]{0,80}){0,4}|(?:19|20)\d\d(?:\/\d{1,2}){0,2})?\/?$/i;
const CONSENT_WORD = /cookie|consent|einwillig|zustimm|consentement|consenso|consentimiento/gi;
/** A text about something else says so less often. */
const CONSENT_DISTANCE = 300;
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

const WALLS = [
  ['bot', 'IS_BOT_WALL'],
  ['error', 'IS_ERROR_PAGE'],
  ['login', 'IS_LOGIN_WALL'],
  ['cookies', 'IS_COOKIE_WALL'],
] as const;

function refuseWall(facts: PageFacts): PageRefusal | null {
  if (asksForConsent(facts)) return refusal('IS_COOKIE_WALL', 'all its text asks for consent');
  if (facts.bodyLength > LONGEST_WALL) return null;
  if (BOT_CHECK.test(facts.body)) return refusal('IS_BOT_WALL', 'it asks for proof of being human');
  for (const [kind, code] of WALLS) {
    const title = facts.titles.find((candidate) => isTitledLike(kind, candidate));
    if (title !== undefined) return named(code, title);
  }
  return null;
}

function asksForConsent({ isInBox, body, bodyLength }: PageFacts): boolean {
  const words = isInBox ? (body.match(CONSENT_WORD)?.length ?? 0) : 0;
  return words > bodyLength / CONSENT_DISTANCE;
}

function refuseListing(facts: PageFacts): PageRefusal | null {
  const { textLength, linkLength, linkedHeadlines } = facts;
  if (facts.hasListAddress && isHeadlineList(facts))
    return refusal('IS_LISTING', `${linkedHeadlines} headlines lead to other pages`);
  const linkShare = linkLength / textLength;
  if (!facts.hasSectionAddress || holdsStory(facts)) return null;
  if (textLength < MIN_LISTING_LENGTH || linkShare < LISTING_LINK_SHARE) return null;
  const percent = Math.round(linkShare * 100);
  return refusal('IS_LISTING', `${percent} % of its ${textLength} characters are links`);
}

/** Headlines with no more than a teaser each. */
function isHeadlineList({ linkedHeadlines, goodLength }: PageFacts): boolean {
  return linkedHeadlines >= MIN_LISTED && goodLength < linkedHeadlines * LONGEST_TEASER;
}

function holdsStory({ bodyLength, goodLength, textLength }: PageFacts): boolean {
  return bodyLength > LONGEST_TEASERS && goodLength > textLength * STORY_SHARE;
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

/** The lines that were made out, and the element that they are from. */
interface FoundBody {
  readonly blocks: readonly Block[];
  readonly container: PageNode;
}

/** Gathers the facts of a page whose lengths are measured. */
export function factsOf(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { blocks, container }: FoundBody,
  url: string | null,
): PageFacts {
  const bodyLength = blocks.reduce((sum, { text }) => sum + text.length, 0);
  const address = url ?? page.canonicalUrl;
  const isInBox = standsInBox(container);
  const hasListAddress = LIST_PATH.test(URL.parse(address ?? '')?.pathname ?? 'none');
  return {
    titles: [page.title, firstHeadline(page)].filter((title) => title !== ''),
    textLength: page.root.textLength,
    linkLength: page.root.linkLength,
    bodyLength,
    body: isInBox || bodyLength <= LONGEST_WALL ? blocks.map(({ text }) => text).join('\n') : '',
    saysArticle: saysArticle(page, jsonLd),
    hasSectionAddress: isSectionAddress(address),
    hasListAddress,
    linkedHeadlines: hasListAddress ? countLinkedHeadlines(page.root) : 0,
    goodLength: page.root.goodLength,
    isInBox,
  };
}

function countLinkedHeadlines({ kids }: PageNode): number {
  let count = 0;
  for (const kid of kids) {
    if (typeof kid === 'string') continue;
    if (HEADING.test(kid.tag)) count += isLinked(kid) ? 1 : 0;
    else count += countLinkedHeadlines(kid);
  }
  return count;
}

function isLinked({ textLength, linkLength }: PageNode): boolean {
  return textLength >= SHORTEST_LINKED_HEADLINE && linkLength >= textLength * LINKED_SHARE;
}

function standsInBox(node: PageNode): boolean {
  for (let at: PageNode | null = node; at !== null; at = at.parent) if (isBox(at)) return true;
  return false;
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
