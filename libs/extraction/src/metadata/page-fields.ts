import type { ExtractedArticle, ExtractedImage, PageOptions } from '../extraction.ts';
import { shortLines } from '../page/short-lines.ts';
import { absoluteUrl } from '../page/web-address.ts';
import { attribute, type PageTree } from '../page/page-tree.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { Ladder, showList, type Candidate } from './ladder.ts';
import { readAuthors } from './page-authors.ts';
import { readDates, type PageDates } from './page-dates.ts';
import { readTitles } from './page-titles.ts';
import { plainWords } from './plain-words.ts';
import type { Head } from '../plain-text/read-head.ts';

const MOST_KEYWORDS = 50;
const LONGEST_KEYWORD = 200;

export type PageFields = Omit<
  ExtractedArticle,
  'text' | 'html' | 'truncated' | 'paywalled' | 'dateline'
>;

/** What the sender, and the lines of the article itself, say. */
export interface Surroundings {
  readonly options: PageOptions;
  readonly visible: Head;
  /** A first line that looks like a headline. */
  readonly opening: string | null;
}

/** Climbs every field's ladder: json-ld, meta, microdata, hints, visible, url. */
export function readFields(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { options, visible, opening }: Surroundings,
): PageFields {
  const ladder = new Ladder();
  const { url, hints } = options;
  const lines = (): readonly string[] => shortLines(page.root);
  const siteName = ladder.pick('siteName', [
    { from: 'meta', value: meta(page, 'og:site_name', 'application-name') },
    { from: 'json-ld', value: plain(jsonLd?.siteName ?? null) },
  ]);
  const titles: readonly Candidate<string>[] = [
    ...readTitles(page, jsonLd, { name: siteName, url }, hints.title),
    { from: 'visible', value: visible.title ?? opening },
  ];
  const authors: readonly Candidate<readonly string[]>[] = [
    ...readAuthors(page, jsonLd, siteName, {
      hinted: hints.authors,
      visible: visible.authors,
      lines,
    }),
  ];
  return {
    title: ladder.pick('title', titles) ?? '',
    description: pickDescription(ladder, page, jsonLd, { hints, visible }),
    authors: ladder.pick('authors', authors, showList) ?? [],
    ...pickDates(
      ladder,
      readDates(page, jsonLd, { url, hinted: hints.publishedAt, visible: visible.date, lines }),
    ),
    image: pickImage(ladder, page, jsonLd, options),
    ...pickTopics(ladder, page, jsonLd, { hints, visible }),
    canonicalUrl: ladder.pick('canonicalUrl', canonicals(page, url)),
    declaredLanguage: ladder.pick('language', languages(page, jsonLd, hints.language)),
    siteName,
    provenance: ladder.provenance,
  };
}

function meta(page: PageTree, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = page.meta.get(name)?.find((text) => text !== '');
    if (value !== undefined) return value;
  }
  return null;
}

function pickDescription(
  ladder: Ladder,
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { hints, visible }: Pick<PageOptions, 'hints'> & Pick<Surroundings, 'visible'>,
): string | null {
  return ladder.pick('description', [
    { from: 'json-ld', value: plain(jsonLd?.description ?? null) },
    { from: 'meta', value: plain(meta(page, 'og:description')) },
    {
      from: 'meta',
      value: plain(meta(page, 'description', 'twitter:description', 'dc.description')),
    },
    { from: 'hints', value: plain(hints.summary ?? null) },
    { from: 'visible', value: visible.description },
  ]);
}

function plain(text: string | null): string | null {
  if (text === null) return null;
  const clean = plainWords(text);
  return clean === '' ? null : clean.slice(0, 5_000);
}

function pickDates(ladder: Ladder, dates: PageDates) {
  const published = ladder.pick('publishedAt', dates.published, (date) => date.utc);
  const modified = ladder.pick('modifiedAt', dates.modified, (date) => date.utc);
  return {
    publishedAt: published?.utc ?? null,
    publishedAtPrecision: published?.precision ?? null,
    publishedAtOffset: published?.offset ?? null,
    modifiedAt: modified?.utc ?? null,
  };
}

function pickImage(
  ladder: Ladder,
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { url, hints }: PageOptions,
): ExtractedImage | null {
  const structured = jsonLd?.image ?? null;
  const candidates: readonly Candidate<ExtractedImage>[] = [
    { from: 'json-ld', value: structured && image(structured.url, url, structured) },
    { from: 'meta', value: metaImage(page, url) },
    { from: 'hints', value: image(hints.imageUrl ?? null, url, {}) },
  ];
  return ladder.pick('image', candidates, (value) => value.url);
}

function metaImage(page: PageTree, url: string | null): ExtractedImage | null {
  const address = meta(
    page,
    'og:image',
    'og:image:url',
    'og:image:secure_url',
    'twitter:image',
    'twitter:image:src',
  );
  const size = (name: string): number | null => {
    const value = Number.parseInt(meta(page, name) ?? '', 10);
    return value > 0 && value < 100_000 ? value : null;
  };
  return image(address, url, {
    width: size('og:image:width'),
    height: size('og:image:height'),
    alt: meta(page, 'og:image:alt', 'twitter:image:alt'),
  });
}

interface ImageFacts {
  readonly width?: number | null;
  readonly height?: number | null;
  readonly alt?: string | null;
}

function image(
  address: string | null,
  base: string | null,
  facts: ImageFacts,
): ExtractedImage | null {
  const url = address === null ? null : absoluteUrl(address, base);
  if (url === null) return null;
  const { width, height, alt } = facts;
  return {
    url,
    ...(typeof width === 'number' ? { width } : {}),
    ...(typeof height === 'number' ? { height } : {}),
    ...(typeof alt === 'string' ? { alt: alt.slice(0, 1_000) } : {}),
  };
}

function pickTopics(
  ladder: Ladder,
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { hints, visible }: Pick<PageOptions, 'hints'> & Pick<Surroundings, 'visible'>,
) {
  const metaSection = meta(page, 'article:section', 'og:section', 'parsely-section', 'section');
  const section = ladder.pick('section', [
    { from: 'json-ld', value: plain(jsonLd?.section ?? null) },
    { from: 'meta', value: plain(metaSection) },
    { from: 'visible', value: visible.section },
  ]);
  const keywords = ladder.pick<readonly string[]>(
    'keywords',
    [
      { from: 'json-ld', value: cleanList(jsonLd?.keywords ?? []) },
      { from: 'meta', value: cleanList(page.meta.get('article:tag') ?? []) },
      {
        from: 'meta',
        value: cleanList((meta(page, 'news_keywords', 'keywords') ?? '').split(/[,;]/u)),
      },
    ],
    showList,
  );
  const categories = ladder.pick<readonly string[]>(
    'categories',
    [
      { from: 'hints', value: hints.categories },
      { from: 'microdata', value: cleanList(markedSections(page)) },
    ],
    showList,
  );
  return { section, keywords: keywords ?? [], categories: categories ?? [] };
}

function markedSections(page: PageTree): string[] {
  return page.marked
    .filter((node) => attribute(node, 'itemprop') === 'articleSection')
    .map(
      (node) =>
        attribute(node, 'content') ?? node.kids.filter((kid) => typeof kid === 'string').join(''),
    );
}

function cleanList(values: readonly string[]): string[] {
  const entries = values
    .map((value) => value.replace(/\s+/gu, ' ').trim())
    .filter((value) => value !== '' && value.length <= LONGEST_KEYWORD);
  return [...new Set(entries)].slice(0, MOST_KEYWORDS);
}

function canonicals(page: PageTree, url: string | null): readonly Candidate<string>[] {
  const og = meta(page, 'og:url');
  return [
    {
      from: 'meta',
      value: page.canonicalUrl === null ? null : absoluteUrl(page.canonicalUrl, url),
    },
    { from: 'meta', value: og === null ? null : absoluteUrl(og, url) },
  ];
}

/** The page's own declaration is about the whole text, structured data often about the site. */
function languages(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  hinted: string | undefined,
): readonly Candidate<string>[] {
  return [
    { from: 'meta', value: languageTag(page.language) },
    { from: 'meta', value: languageTag(meta(page, 'content-language', 'og:locale', 'language')) },
    { from: 'json-ld', value: languageTag(jsonLd?.language ?? null) },
    { from: 'hints', value: hinted },
  ];
}

function languageTag(text: string | null): string | null {
  const match = /^\s*([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))*\s*$/i.exec(text ?? '');
  return match === null || text === null ? null : text.trim().replaceAll('_', '-');
}
