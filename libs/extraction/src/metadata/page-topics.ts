import type { PageOptions } from '../extraction.ts';
import { attribute, type PageTree } from '../page/page-tree.ts';
import type { Head } from '../plain-text/read-head.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { showList, type Ladder } from './ladder.ts';
import { metaOf, plainText } from './page-meta.ts';

const MOST_KEYWORDS = 50;
const LONGEST_KEYWORD = 200;

interface TopicSurroundings extends Pick<PageOptions, 'hints'> {
  readonly visible: Head;
}

export function pickTopics(
  ladder: Ladder,
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { hints, visible }: TopicSurroundings,
) {
  const metaSection = metaOf(page, 'article:section', 'og:section', 'parsely-section', 'section');
  const section = ladder.pick('section', [
    { from: 'json-ld', value: plainText(jsonLd?.section ?? null) },
    { from: 'meta', value: plainText(metaSection) },
    { from: 'visible', value: visible.section },
  ]);
  const keywords = ladder.pick<readonly string[]>(
    'keywords',
    [
      { from: 'json-ld', value: cleanList(jsonLd?.keywords ?? []) },
      { from: 'meta', value: cleanList(page.meta.get('article:tag') ?? []) },
      {
        from: 'meta',
        value: cleanList((metaOf(page, 'news_keywords', 'keywords') ?? '').split(/[,;]/u)),
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
