import { type Document, Element } from 'domhandler';
import { parseDate } from '@broadsheet/text';
import { childElements, textOf } from './html-tree.ts';

/** A link that might lead to an article, with what stands around it. */
export interface ListedLink {
  /** Absolute, without its fragment. */
  readonly url: string;
  readonly text: string;
  /** In a heading, or around one. */
  readonly isHeading: boolean;
  /** Where in the structure of the page it stands: equal for the blocks of one list. */
  readonly shape: string;
  /** The nearest element that holds links to no other address. */
  readonly block: Element;
}

const MAX_LINKS = 5_000;
const MAX_TEXT = 400;
/** Elements above the link that tell one list from another. */
const SHAPE_LEVELS = 5;
/** A block around one article has so many levels at most. */
const BLOCK_LEVELS = 8;
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4']);
const FURNITURE = new Set(['nav', 'footer', 'form', 'menu', 'dialog', 'button', 'select']);
const FURNITURE_ROLES = new Set([
  'navigation',
  'contentinfo',
  'banner',
  'search',
  'menu',
  'menubar',
  'toolbar',
  'dialog',
  'tablist',
]);
/** Words of class and id that name what surrounds the news. */
const FURNITURE_WORDS = new Set([
  'nav',
  'navbar',
  'navigation',
  'menu',
  'submenu',
  'footer',
  'breadcrumb',
  'breadcrumbs',
  'pagination',
  'pager',
  'social',
  'share',
  'sharing',
  'cookie',
  'consent',
  'masthead',
  'toolbar',
  'login',
  'newsletter',
  'skip',
  'legal',
  'copyright',
  'advert',
  'advertisement',
  'sponsored',
  'promo',
]);
/** A header in one of these belongs to an article; any other belongs to the page. */
const CONTENT = new Set(['article', 'section', 'main', 'li']);

function words(element: Element): readonly string[] {
  const names = `${element.attribs['class'] ?? ''} ${element.attribs['id'] ?? ''}`.slice(0, 500);
  return names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function isFurniture(element: Element, isInContent: boolean): boolean {
  if (FURNITURE.has(element.name)) return true;
  if (element.name === 'header' && !isInContent) return true;
  if (FURNITURE_ROLES.has((element.attribs['role'] ?? '').toLowerCase())) return true;
  // Whole pages carry classes such as "has-nav": only what is inside them counts.
  return element.name !== 'body' && element.name !== 'html' && hasFurnitureWord(element);
}

function hasFurnitureWord(element: Element): boolean {
  const [first, ...others] = words(element).filter(Boolean);
  if (first === undefined) return false;
  return FURNITURE_WORDS.has(first) || FURNITURE_WORDS.has(others.at(-1) ?? '');
}

function shapeOf(ancestors: readonly Element[]): string {
  return ancestors
    .slice(-SHAPE_LEVELS)
    .map(({ name, attribs }) => `${name}.${(attribs['class'] ?? '').trim().split(/\s+/, 1)[0]}`)
    .join('>');
}

function addressOf(anchor: Element, base: string): string | null {
  const href = anchor.attribs['href']?.trim() ?? '';
  if (href === '' || href.startsWith('#') || !URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  url.hash = '';
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.username === '' ? url.href : null;
}

/** What a picture or the link itself says where it holds no text. */
function spokenText(anchor: Element): string {
  const image = childElements(anchor).find(({ name }) => name === 'img');
  const spoken = anchor.attribs['aria-label'] ?? anchor.attribs['title'] ?? image?.attribs['alt'];
  return (spoken ?? '').slice(0, MAX_TEXT).split(/\s+/).filter(Boolean).join(' ');
}

function holdsHeading(element: Element): boolean {
  return childElements(element).some(
    (child) =>
      HEADINGS.has(child.name) || childElements(child).some(({ name }) => HEADINGS.has(name)),
  );
}

/** For every element the one address that its links lead to; null where they lead to several. */
type SoleAddresses = ReadonlyMap<Element, string | null>;

/** Which links count; the others are as if they were not there. */
export interface LinkChoice {
  /** Whether menus, headers and footers count as well. */
  readonly withFurniture: boolean;
  readonly accepts: (url: string, path: readonly Element[]) => boolean;
}

interface Walk {
  readonly choice: LinkChoice;
  readonly base: string;
  readonly found: {
    readonly anchor: Element;
    readonly url: string;
    readonly ancestors: readonly Element[];
  }[];
  readonly sole: Map<Element, string | null>;
}

/** Resolves with the only address that is linked below the element: undefined for none, null for several. */
function walk(
  element: Element,
  ancestors: readonly Element[],
  state: Walk,
): string | null | undefined {
  if (state.found.length >= MAX_LINKS || isLeftOut(element, ancestors, state)) return undefined;
  const path = [...ancestors, element];
  const own = linkOf(element, ancestors, state);
  const sole = childElements(element)
    .map((child) => walk(child, path, state))
    .reduce(joined, own);
  if (sole !== undefined) state.sole.set(element, sole);
  return sole;
}

function isLeftOut(element: Element, ancestors: readonly Element[], { choice }: Walk): boolean {
  const isInContent = ancestors.some(({ name }) => CONTENT.has(name));
  return !choice.withFurniture && isFurniture(element, isInContent);
}

/** The only address of two: undefined stands for none, null for several. */
function joined(one: string | null | undefined, other: string | null | undefined) {
  if (one === undefined || one === other) return other;
  return other === undefined ? one : null;
}

/** Notes the link that an element is; undefined where it is none that counts. */
function linkOf(element: Element, ancestors: readonly Element[], state: Walk): string | undefined {
  const url = element.name === 'a' ? addressOf(element, state.base) : null;
  if (url === null || !state.choice.accepts(url, [...ancestors, element])) return undefined;
  state.found.push({ anchor: element, url, ancestors });
  return url;
}

function blockOf(anchor: Element, ancestors: readonly Element[], sole: SoleAddresses): Element {
  let block = anchor;
  for (const ancestor of ancestors.toReversed().slice(0, BLOCK_LEVELS)) {
    if (sole.get(ancestor) === null || ancestor.name === 'body') break;
    block = ancestor;
  }
  return block;
}

function baseOf(document: Document, pageUrl: string): string {
  const head = childElements(document)
    .flatMap((html) => childElements(html))
    .find(({ name }) => name === 'head');
  const base = head && childElements(head).find(({ name }) => name === 'base');
  const href = base?.attribs['href'] ?? '';
  return URL.canParse(href, pageUrl) ? new URL(href, pageUrl).href : pageUrl;
}

/** The links of a page that are chosen, in its order. */
export function listLinks(
  document: Document,
  pageUrl: string,
  choice: LinkChoice,
): readonly ListedLink[] {
  const state: Walk = { choice, base: baseOf(document, pageUrl), found: [], sole: new Map() };
  for (const root of childElements(document)) walk(root, [], state);
  return state.found.map(({ anchor, url, ancestors }) => ({
    url,
    text: textOf(anchor, MAX_TEXT) || spokenText(anchor),
    isHeading: ancestors.slice(-3).some(({ name }) => HEADINGS.has(name)) || holdsHeading(anchor),
    shape: shapeOf(ancestors),
    block: blockOf(anchor, ancestors, state.sole),
  }));
}

/** When the article of a block was published, as the block says; null where it says nothing. */
export function timeIn(block: Element): { readonly isNamed: boolean; readonly utc: string | null } {
  const time = findTime(block, 6);
  if (time === null) return { isNamed: false, utc: null };
  const written = time.attribs['datetime'] ?? textOf(time, 100);
  return { isNamed: true, utc: parseDate(written.slice(0, 100))?.utc ?? null };
}

function findTime(element: Element, levels: number): Element | null {
  if (element.name === 'time') return element;
  if (levels === 0) return null;
  for (const child of childElements(element)) {
    const found = findTime(child, levels - 1);
    if (found !== null) return found;
  }
  return null;
}
