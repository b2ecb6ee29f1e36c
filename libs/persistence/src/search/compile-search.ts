import type { Query } from '../database/session.ts';
import { QueryMalformed } from '../persistence.errors.ts';
import type { ArticleSearch } from './article-search.ts';
import type {
  CompiledSearch,
  CompiledWords,
  MixedCondition,
  WordGroup,
} from './compiled-search.ts';
import { loosenQuery } from './loosen-query.ts';
import { parseQuery } from './query-language/parse-query.ts';
import type { QueryNode } from './query-language/query-tree.ts';
import {
  isInTitle,
  isWordsAlone,
  wantedWords,
  wordsExpression,
  wordsFault,
} from './query-language/words-expression.ts';
import { searchConfigOf } from './search-config.ts';

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

/**
 * Every expression in the configuration $2, or in all that there are. querytree gives what an index can look for: T or
 * nothing where that is everything.
 */
const COMPILE = `
SELECT place::integer AS place, config, query::text AS query, numnode(query) = 0 AS is_empty,
  querytree(query) NOT IN ('', 'T') AS is_indexable
FROM unnest(CASE WHEN $2::text IS NULL THEN ARRAY(${PRESENT_CONFIGS}) ELSE ARRAY[$2::text] END) AS config,
  unnest($1::text[]) WITH ORDINALITY AS expression(words, place),
  to_tsquery(config::regconfig, words) AS query`;

interface CompiledColumns {
  readonly place: number;
  readonly config: string;
  readonly query: string;
  /** Of stop words alone. */
  readonly is_empty: boolean;
  readonly is_indexable: boolean;
}

/**
 * Null where the words of a search can match nothing, as with stop words alone.
 * @throws {QueryMalformed} for words that cannot be read.
 */
export async function compileSearch(
  query: Query,
  search: ArticleSearch,
): Promise<CompiledSearch | null> {
  const trees = readTrees(search);
  if (trees === null) return null;
  if (trees.length === 0) return { search, words: null, mixed: [] };
  const conjuncts = trees.flatMap((tree) => (tree.kind === 'and' ? tree.operands : [tree]));
  const compiler = new ExpressionList(search.language ?? null);
  const plain = conjuncts.filter(isWordsAlone);
  const everywhere = plain.filter((node) => !isInTitle(node));
  const places = [compiler.add(plain), compiler.add(everywhere)] as const;
  const planned = conjuncts
    .filter((node) => !isWordsAlone(node))
    .map((node) => plan(node, compiler));
  const { expressions } = compiler;
  const config = search.language === undefined ? null : searchConfigOf(search.language);
  const rows =
    expressions.length === 0 ? [] : await query<CompiledColumns>(COMPILE, [expressions, config]);
  const configs = [...new Set(rows.map((row) => row.config))];
  const at = (place: number | null) => rows.filter((row) => row.place === place && !row.is_empty);
  const typed = everywhere.flatMap((node) => wantedWords(node, search.language ?? null));
  const found = { matched: at(places[0]), marked: at(places[1]), typed };
  const words = places[0] === null ? null : wordsOf(found, configs);
  if (words?.groups.length === 0) return null;
  return { search, words, mixed: planned.map((resolve) => resolve(at, configs)) };
}

/** The words of `q` and `title`; null where either holds none that could match. */
function readTrees(search: ArticleSearch): readonly QueryNode[] | null {
  const trees: QueryNode[] = [];
  for (const parameter of ['q', 'title'] as const) {
    const input = search[parameter];
    if (input === undefined || input.trim() === '') continue;
    const parsed = parseQuery(input, { inTitle: parameter === 'title' });
    if (parsed.kind === 'malformed') throw new QueryMalformed(parameter, parsed.fault);
    if (parsed.tree === null) return null;
    const fault = wordsFault(parsed.tree, search.language ?? null);
    if (fault !== null) throw new QueryMalformed(parameter, fault);
    trees.push(parsed.tree);
  }
  return trees;
}

/** Collects what to_tsquery is asked, so that it is asked once. */
class ExpressionList {
  readonly expressions: string[] = [];

  constructor(private readonly language: string | null) {}

  /** The place of the answer; null where there are no words. */
  add(nodes: readonly QueryNode[]): number | null {
    if (nodes.length === 0) return null;
    return this.expressions.push(
      nodes.map((node) => wordsExpression(node, this.language)).join(' & '),
    );
  }
}

type Answers = (place: number | null) => readonly CompiledColumns[];
type Resolve = (answers: Answers, configs: readonly string[]) => MixedCondition;

function plan(node: QueryNode, compiler: ExpressionList): Resolve {
  if (node.kind === 'field') return () => node;
  if (isWordsAlone(node)) {
    const place = compiler.add([node]);
    return (answers, configs) => ({ kind: 'words', groups: groupsOf(answers(place), configs) });
  }
  if (node.kind === 'not') {
    const operand = plan(node.operand, compiler);
    return (...given) => ({ kind: 'not', operand: operand(...given) });
  }
  const { kind } = node;
  const operands = kind === 'words' ? [] : node.operands.map((part) => plan(part, compiler));
  return (...given) => ({
    kind: kind === 'or' ? 'or' : 'and',
    operands: operands.map((resolve) => resolve(...given)),
  });
}

function wordsOf(
  {
    matched,
    marked,
    typed,
  }: { readonly matched: readonly CompiledColumns[] } & Pick<CompiledWords, 'marked' | 'typed'>,
  configs: readonly string[],
): CompiledWords {
  return {
    groups: groupsOf(matched, configs),
    ranked: matched,
    marked,
    typed,
    isIndexable: matched.every((row) => row.is_indexable),
  };
}

function groupsOf(rows: readonly CompiledColumns[], configs: readonly string[]): WordGroup[] {
  const byQuery = new Map<string, string[]>();
  for (const { query, config } of rows) {
    byQuery.set(query, [...(byQuery.get(query) ?? []), config]);
  }
  return Array.from(byQuery, ([query, of]) => ({
    query,
    loose: loosenQuery(query),
    configs: of.length === configs.length ? null : of,
  }));
}
