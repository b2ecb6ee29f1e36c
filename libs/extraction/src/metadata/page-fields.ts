import type { PageFields } from '../extracted-article.ts';
import type { PageOptions } from '../extraction.ts';
import { shortLines } from '../page/short-lines.ts';
import { absoluteUrl } from '../page/web-address.ts';
import type { PageNode, PageTree } from '../page/page-tree.ts';
import { withSlugsLast } from './headline-slugs.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { Ladder, showList, type Candidate } from './ladder.ts';
import { readAuthors } from './page-authors.ts';
import { readDates, type PageDates } from './page-dates.ts';
import { findHeading, hostLabel, readTitles } from './page-titles.ts';
import { pickImage } from './page-image.ts';
import { metaOf, plainText } from './page-meta.ts';
import { pickTopics } from './page-topics.ts';
import type { Head } from '../plain-text/read-head.ts';

/** What the sender, and the lines of the article itself, say. */
export interface Surroundings {
  readonly options: PageOptions;
  readonly visible: Head;
  /** A first line that looks like a headline. */
  readonly opening: string | null;
  /** How the first paragraphs open. */
  readonly leads: readonly string[];
  /** The element that holds the article. */
  readonly container: PageNode;
}

/** Climbs every field's ladder: json-ld, meta, microdata, hints, visible, url. */
export function readFields(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { options, visible, opening, leads, container }: Surroundings,
): PageFields {
  const ladder = new Ladder();
  const { url, hints } = options;
  const lines = (): readonly string[] => shortLines(page.root);
  const siteName = pickSiteName(ladder, page, jsonLd);
  const site = { name: siteName, url };
  const titles: readonly Candidate<string>[] = [
    ...readTitles(page, jsonLd, site, hints.title),
    { from: 'visible', value: visible.title ?? opening },
  ];
  const authors = readAuthors(page, jsonLd, {
    siteNames: [siteName ?? '', hostLabel(url)],
    hinted: hints.authors,
    visible: visible.authors,
    lines,
  });
  const dates = readDates(page, jsonLd, {
    options,
    visible: visible.date,
    heading: findHeading(page, site),
    leads,
    lines,
  });
  return {
    title: ladder.pick('title', withSlugsLast(titles)) ?? '',
    description: pickDescription(ladder, page, jsonLd, { hints, visible }),
    authors: ladder.pick('authors', authors, showList) ?? [],
    ...pickDates(ladder, dates),
    image: pickImage(ladder, page, jsonLd, { ...options, container }),
    ...pickTopics(ladder, page, jsonLd, { hints, visible }),
    canonicalUrl: ladder.pick('canonicalUrl', canonicals(page, url)),
    declaredLanguage: ladder.pick('language', languages(page, jsonLd, hints.language)),
    siteName,
    provenance: ladder.provenance,
  };
}

function pickSiteName(ladder: Ladder, page: PageTree, jsonLd: JsonLdArticle | null): string | null {
  return ladder.pick('siteName', [
    { from: 'meta', value: metaOf(page, 'og:site_name', 'application-name') },
    { from: 'json-ld', value: plainText(jsonLd?.siteName ?? null) },
  ]);
}

function pickDescription(
  ladder: Ladder,
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { hints, visible }: Pick<PageOptions, 'hints'> & Pick<Surroundings, 'visible'>,
): string | null {
  return ladder.pick('description', [
    { from: 'json-ld', value: plainText(jsonLd?.description ?? null) },
    { from: 'meta', value: plainText(metaOf(page, 'og:description')) },
    {
      from: 'meta',
      value: plainText(metaOf(page, 'description', 'twitter:description', 'dc.description')),
    },
    { from: 'hints', value: plainText(hints.summary ?? null) },
    { from: 'visible', value: visible.description },
  ]);
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

function canonicals(page: PageTree, url: string | null): readonly Candidate<string>[] {
  const og = metaOf(page, 'og:url');
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
    { from: 'meta', value: languageTag(metaOf(page, 'content-language', 'og:locale', 'language')) },
    { from: 'json-ld', value: languageTag(jsonLd?.language ?? null) },
    { from: 'hints', value: hinted },
  ];
}

function languageTag(text: string | null): string | null {
  const match = /^\s*([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))*\s*$/i.exec(text ?? '');
  return match === null || text === null ? null : text.trim().replaceAll('_', '-');
}
