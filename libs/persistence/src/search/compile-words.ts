import { segmentForSearch } from '@broadsheet/text';
import type { Query } from '../database/session.ts';
import type { ArticleSearch } from './article-search.ts';
import type { ConfigQuery } from './compiled-search.ts';
import { searchConfigOf } from './search-config.ts';
import { searchExpression } from './search-expression.ts';

/** Walks the index from one configuration to the next instead of reading every article. */
const PRESENT_CONFIGS = `
WITH RECURSIVE present AS (
  (SELECT search_config FROM article WHERE duplicate_of IS NULL ORDER BY search_config LIMIT 1)
  UNION ALL
  SELECT (
    SELECT search_config FROM article
    WHERE duplicate_of IS NULL AND search_config > present.search_config
    ORDER BY search_config LIMIT 1
  )
  FROM present WHERE search_config IS NOT NULL
)
SELECT search_config FROM present WHERE search_config IS NOT NULL`;

const COMPILE = `
SELECT config, to_tsquery(config::regconfig, $2)::text AS query, to_tsquery(config::regconfig, $3)::text AS marked
FROM unnest($1::text[]) AS config
WHERE numnode(to_tsquery(config::regconfig, $2)) > 0`;

/**
 * Null where a search has no words; empty where its words can match nothing, as with stop words alone.
 */
export async function compileWords(
  query: Query,
  search: ArticleSearch,
): Promise<readonly ConfigQuery[] | null> {
  const parts = [search.q, search.title].map((part) => part?.trim() ?? '');
  if (parts.every((part) => part === '')) return null;
  const [words = '', title = ''] = parts;
  const segment = (text: string) => segmentForSearch(text, search.language ?? null);
  const everywhere = words === '' ? '' : searchExpression(words, { segment, inTitle: false });
  const inTitle = title === '' ? '' : searchExpression(title, { segment, inTitle: true });
  if (everywhere === null || inTitle === null) return [];
  const both = [everywhere, inTitle].filter((part) => part !== '').map((part) => `(${part})`);
  const configs =
    search.language === undefined ? await presentConfigs(query) : [searchConfigOf(search.language)];
  return query<ConfigQuery>(COMPILE, [
    configs,
    both.join(' & '),
    everywhere === '' ? null : everywhere,
  ]);
}

async function presentConfigs(query: Query): Promise<string[]> {
  const rows = await query<{ search_config: string }>(PRESENT_CONFIGS);
  return rows.map((row) => row.search_config);
}
