import type { ArticleSearch } from './article-search.ts';
import type { CompiledSearch, MixedCondition, WordGroup } from './compiled-search.ts';
import { searchConfigOf } from './search-config.ts';

/** Collects the values of a statement and names their places. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }
}

/** What has to hold for an article to be found, without its words that are looked up in the text index. */
export function filterConditions(
  { search, mixed }: CompiledSearch,
  parameters: Parameters,
): readonly string[] {
  const conditions = ['article.duplicate_of IS NULL'];
  for (const [field, condition] of FILTERS) {
    const value = search[field];
    if (value !== undefined) conditions.push(condition(parameters.add(value)));
  }
  if (search.language !== undefined) {
    // Says less than the language itself, but has an index.
    conditions.push(`article.search_config = ${parameters.add(searchConfigOf(search.language))}`);
  }
  if (search.duplicates === 'hide') conditions.push('article.copy_of IS NULL');
  return [...conditions, ...mixed.map((condition) => mixedCondition(condition, parameters))];
}

/** Each article is matched by the rules of its own language, so that `-word` means the same everywhere. */
export function groupCondition({ configs, query }: WordGroup, parameters: Parameters): string {
  const matches = `article.search_vector @@ ${parameters.add(query)}::tsquery`;
  return configs === null
    ? matches
    : `article.search_config = ANY (${parameters.add(configs)}::text[]) AND ${matches}`;
}

function mixedCondition(condition: MixedCondition, parameters: Parameters): string {
  switch (condition.kind) {
    case 'words':
      return anyOf(condition.groups.map((group) => `(${groupCondition(group, parameters)})`));
    case 'field':
      return FIELD_CONDITIONS[condition.field](parameters.add(condition.value));
    case 'not':
      // A field that an article does not have is not the one that was excluded.
      return `(${mixedCondition(condition.operand, parameters)}) IS NOT TRUE`;
    case 'and':
    case 'or': {
      const parts = condition.operands.map((part) => mixedCondition(part, parameters));
      return condition.kind === 'or' ? anyOf(parts) : `(${parts.join(' AND ')})`;
    }
  }
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

const FIELD_CONDITIONS = {
  site: (value: string) => `article.site = lower(${value})`,
  source: (value: string) =>
    `(article.source ->> 'id' = ${value} OR article.source ->> 'name' = ${value})`,
  language: (value: string) =>
    `(lower(article.language) = lower(${value}) OR starts_with(lower(article.language), lower(${value}) || '-'))`,
  author: (value: string) => isAmong('article.authors', value),
  category: (value: string) =>
    `(lower(article.section) = lower(${value}) OR ${isAmong('article.categories', value)})`,
} as const;

type Filter = keyof typeof FIELD_CONDITIONS | 'from' | 'to' | 'addressId';

const FILTERS: readonly (readonly [Filter & keyof ArticleSearch, (value: string) => string])[] = [
  ['site', FIELD_CONDITIONS.site],
  ['source', FIELD_CONDITIONS.source],
  ['language', FIELD_CONDITIONS.language],
  ['author', FIELD_CONDITIONS.author],
  ['category', FIELD_CONDITIONS.category],
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
