import type { ArticleSearch } from './article-search.ts';
import type { ConfigQuery } from './compiled-search.ts';

/** Collects the values of a statement and names their places. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }
}

/** The WHERE of a search, without its position: what has to hold for an article to be listed or counted. */
export function searchConditions(
  search: ArticleSearch,
  words: readonly ConfigQuery[] | null,
  parameters: Parameters,
): string {
  const conditions = ['article.duplicate_of IS NULL'];
  if (words !== null) conditions.push(wordsCondition(words, parameters));
  for (const [field, condition] of FILTERS) {
    const value = search[field];
    if (value !== undefined) conditions.push(condition(parameters.add(value)));
  }
  return conditions.join('\n  AND ');
}

/** Each article is matched by the rules of its own language, so that `-word` means the same everywhere. */
function wordsCondition(words: readonly ConfigQuery[], parameters: Parameters): string {
  const alternatives = words.map(
    ({ config, query }) =>
      `(article.search_config = ${parameters.add(config)} AND article.search_vector @@ ${parameters.add(query)}::tsquery)`,
  );
  return `(${alternatives.join(' OR ')})`;
}

type Filter = 'site' | 'source' | 'language' | 'author' | 'category' | 'from' | 'to' | 'addressId';

const FILTERS: readonly (readonly [Filter, (value: string) => string])[] = [
  ['site', (value) => `article.site = ${value}`],
  [
    'source',
    (value) => `(article.source ->> 'id' = ${value} OR article.source ->> 'name' = ${value})`,
  ],
  [
    'language',
    (value) =>
      `(lower(article.language) = lower(${value}) OR starts_with(lower(article.language), lower(${value}) || '-'))`,
  ],
  ['author', (value) => isAmong('article.authors', value)],
  [
    'category',
    (value) =>
      `(lower(article.section) = lower(${value}) OR ${isAmong('article.categories', value)})`,
  ],
  ['from', (value) => `article.sort_at >= ${value}::timestamptz`],
  ['to', (value) => `article.sort_at < ${value}::timestamptz`],
  [
    'addressId',
    (value) =>
      `article.id = coalesce((SELECT article_id FROM article_alias WHERE address_id = ${value}::uuid), ${value}::uuid)`,
  ],
];

function isAmong(column: string, value: string): string {
  return `EXISTS (SELECT 1 FROM unnest(${column}) AS entry WHERE lower(entry) = lower(${value}))`;
}
