import { HIGHLIGHT_END, HIGHLIGHT_START, type SearchHighlight } from './article-search.ts';
import type { CompiledSearch } from './compiled-search.ts';
import { literalPassage, markLiterally } from './literal-marks.ts';
import type { Parameters } from './search-conditions.ts';

/** Passages are looked for in this much of a text; ts_headline parses all it is given. */
const MAX_HEADLINE_CHARACTERS = 8_000;

const MARKS = `StartSel=${HIGHLIGHT_START}, StopSel=${HIGHLIGHT_END}`;
const IN_TITLE = `${MARKS}, HighlightAll=true`;
const IN_TEXT = `${MARKS}, MaxFragments=2, MaxWords=35, MinWords=15, FragmentDelimiter=" … "`;

/** Stands for `<` while Postgres looks on: it would take `<b>` for markup and drop it. */
const LESS_THAN = '\uE002';
const TAKEN = `<${HIGHLIGHT_START}${HIGHLIGHT_END}${LESS_THAN}`;

export interface HighlightColumns {
  readonly marked_title: string | null;
  readonly marked_text: string | null;
}

/** For the outermost SELECT, after the LIMIT: only what is shown gets marked. */
export function highlightColumns(
  { search, words }: CompiledSearch,
  parameters: Parameters,
): string {
  const marked = words?.marked ?? [];
  if (!search.highlight || marked.length === 0) {
    return 'NULL AS marked_title, NULL AS marked_text';
  }
  const branches = marked.map(
    (word) => `WHEN ${parameters.add(word.config)} THEN ${parameters.add(word.query)}::tsquery`,
  );
  const query = `CASE article.search_config ${branches.join(' ')} END`;
  const taken = `${parameters.add(TAKEN)}, ${parameters.add(LESS_THAN)}`;
  const headline = (text: string, options: string) =>
    `ts_headline(article.search_config::regconfig, translate(${text}, ${taken}), ${query}, ${parameters.add(options)})`;
  return `${headline('article.title', IN_TITLE)} AS marked_title,
  ${headline(`left(article.text, ${String(MAX_HEADLINE_CHARACTERS)})`, IN_TEXT)} AS marked_text`;
}

export function highlightOf(
  row: HighlightColumns & { readonly text: string },
  { words }: CompiledSearch,
): SearchHighlight | null {
  const { marked_title: title, marked_text: passages } = row;
  if (title === null || passages === null) return null;
  const typed = words?.typed ?? [];
  return {
    title: markLiterally(restored(title), typed),
    text: markedText(restored(passages), row.text, typed),
  };
}

/** Where Postgres has found nothing to mark it shows the beginning, which may hold none of the words. */
function markedText(passages: string, text: string, typed: readonly string[]): string {
  const marked = markLiterally(passages, typed);
  if (marked.includes(HIGHLIGHT_START)) return marked;
  const passage = literalPassage(text.slice(0, MAX_HEADLINE_CHARACTERS), typed);
  return passage === null ? marked : markLiterally(passage, typed);
}

function restored(text: string): string {
  return text.replaceAll(LESS_THAN, '<');
}
