import { chooseArticle, type PageIdentity, type Thing } from './choose-article.ts';

/** What the page's structured data says of its article (schema.org, JSON-LD). */
export interface JsonLdArticle {
  readonly title: string | null;
  readonly description: string | null;
  readonly authors: readonly string[];
  /** Authors that are no persons, and the publisher. */
  readonly organisations: readonly string[];
  readonly published: string | null;
  readonly modified: string | null;
  readonly image: JsonLdImage | null;
  readonly section: string | null;
  readonly keywords: readonly string[];
  readonly language: string | null;
  readonly siteName: string | null;
  readonly isFree: boolean | null;
  /** Often cut short and rarely there; it checks the body found in the page. */
  readonly body: string | null;
}

interface JsonLdImage {
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
}

const ARTICLE_TYPE = /(?:Article|BlogPosting|Posting|Report|LiveBlog|Story)$/;
const PAGE_TYPE = /(?:WebPage|ItemPage|CreativeWork|VideoObject|Recipe|Review|Event|Product)$/;
const ORGANISATION_TYPE = /Organi[sz]ation$/;
const MAX_THINGS = 2_000;
const MAX_DEPTH = 8;
const NESTS = ['@graph', 'mainEntity', 'mainEntityOfPage', 'subjectOf'] as const;

/** Reads all blocks of a page; null where none describes an article or a page. */
export function readJsonLd(blocks: readonly string[], page: PageIdentity): JsonLdArticle | null {
  const things = blocks.flatMap(thingsOf);
  const byId = new Map<string, Thing>();
  for (const thing of things) {
    const id = thing['@id'];
    if (typeof id === 'string' && !byId.has(id)) byId.set(id, thing);
  }
  const articles = things.filter((thing) => hasType(thing, ARTICLE_TYPE));
  const article =
    chooseArticle(articles, page) ??
    things.find((thing) => hasType(thing, PAGE_TYPE) && thing['datePublished'] !== undefined);
  return article === undefined ? null : readArticle(article, byId);
}

function readArticle(article: Thing, byId: ReadonlyMap<string, Thing>): JsonLdArticle {
  const isPage = !hasType(article, ARTICLE_TYPE);
  const authors = article['author'] ?? article['creator'];
  return {
    title: textIn(article['headline']) ?? (isPage ? null : textIn(article['name'])),
    description: textIn(article['description']),
    authors: namesIn(authors, byId),
    organisations: organisationsIn([authors, article['publisher']].flat(), byId),
    published: textIn(article['datePublished'] ?? article['dateCreated']),
    modified: textIn(article['dateModified']),
    image: imageIn(article['image'] ?? article['thumbnailUrl'], byId),
    section: textIn(article['articleSection']),
    keywords: keywordsIn(article['keywords']),
    language: textIn(article['inLanguage']),
    siteName: namesIn(article['publisher'], byId)[0] ?? null,
    isFree: freeness(article['isAccessibleForFree']) ?? freenessOfParts(article['hasPart']),
    body: textIn(article['articleBody']),
  };
}

function thingsOf(block: string): Thing[] {
  const things: Thing[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH || things.length >= MAX_THINGS) return;
    if (Array.isArray(value)) for (const entry of value) visit(entry, depth + 1);
    else if (isThing(value)) {
      things.push(value);
      for (const nest of NESTS) if (value[nest] !== undefined) visit(value[nest], depth + 1);
    }
  };
  visit(parseLeniently(block), 0);
  return things;
}

/** Publishers write line ends into strings, comments around the block and commas before brackets. */
function parseLeniently(block: string): unknown {
  for (const repair of [identity, withoutComments, withoutLineEnds, withoutTrailingCommas]) {
    try {
      return JSON.parse(repair(block));
    } catch {
      // The next repair is tried; a block that none helps says nothing.
    }
  }
  return null;
}

const identity = (block: string): string => block;

function withoutComments(block: string): string {
  return block.replace(/<!\[CDATA\[|\]\]>|<!--|-->|\/\*|\*\/|^\s*\/\/|;\s*$/g, ' ');
}

function withoutLineEnds(block: string): string {
  // oxlint-disable-next-line no-control-regex
  return withoutComments(block).replace(/[\u0000-\u001f]/g, ' ');
}

function withoutTrailingCommas(block: string): string {
  return withoutLineEnds(block).replace(/,(?= {0,40}[\]}])/g, ' ');
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasType(thing: Thing, pattern: RegExp): boolean {
  const type = thing['@type'];
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.some((name) => typeof name === 'string' && pattern.test(name));
}

function textIn(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return textIn(value[0]);
  if (isThing(value)) return textIn(value['@value'] ?? value['name']);
  return null;
}

function namesIn(value: unknown, byId: ReadonlyMap<string, Thing>): string[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries
    .slice(0, 50)
    .map((entry) => nameOf(entry, byId))
    .filter((name) => name !== null);
}

function nameOf(entry: unknown, byId: ReadonlyMap<string, Thing>): string | null {
  if (!isThing(entry)) return textIn(entry);
  return textIn(entry['name'] ?? referredTo(entry, byId)?.['name']);
}

function referredTo(entry: Thing, byId: ReadonlyMap<string, Thing>): Thing | undefined {
  const id = entry['@id'];
  return typeof id === 'string' ? byId.get(id) : undefined;
}

function organisationsIn(entries: readonly unknown[], byId: ReadonlyMap<string, Thing>): string[] {
  const organisations = entries
    .filter(isThing)
    .filter((entry) => hasType(referredTo(entry, byId) ?? entry, ORGANISATION_TYPE));
  return namesIn(organisations, byId);
}

function imageIn(value: unknown, byId: ReadonlyMap<string, Thing>): JsonLdImage | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return { url: first, width: null, height: null };
  if (!isThing(first)) return null;
  const id = first['@id'];
  const image =
    first['url'] === undefined && typeof id === 'string' ? (byId.get(id) ?? first) : first;
  const url = textIn(image['url'] ?? image['contentUrl']);
  if (url === null) return null;
  return { url, width: sizeIn(image['width']), height: sizeIn(image['height']) };
}

function sizeIn(value: unknown): number | null {
  const size = Number.parseInt(textIn(value) ?? '', 10);
  return size > 0 && size < 100_000 ? size : null;
}

function keywordsIn(value: unknown): string[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.flatMap((entry) => (textIn(entry) ?? '').split(/[,;]/)).map((word) => word.trim());
}

/** Some name only the part that is sold. */
function freenessOfParts(parts: unknown): boolean | null {
  const isSold = [parts]
    .flat()
    .filter(isThing)
    .some((part) => freeness(part['isAccessibleForFree']) === false);
  return isSold ? false : null;
}

function freeness(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  return /^false$/i.test(value.trim()) ? false : /^true$/i.test(value.trim()) ? true : null;
}
