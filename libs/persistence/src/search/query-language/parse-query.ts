import type { ParsedQuery, QueryFault, QueryNode } from './query-tree.ts';
import { type QueryToken, readTokens } from './read-tokens.ts';

/** More words, phrases and values than this are refused. */
export const MAX_QUERY_TERMS = 32;
/** Brackets and minuses within each other. */
const MAX_QUERY_DEPTH = 8;
const TOO_DEEP = `brackets and minuses stand at most ${MAX_QUERY_DEPTH} deep`;
/** A shorter prefix stands for so many words that looking them all up takes seconds. */
const MIN_PREFIX_CHARACTERS = 3;
/** In these scripts a single character says as much as a few letters. */
const DENSE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

export interface QueryLanguage {
  /** All words are looked for in titles, and fields have no meaning. */
  readonly inTitle: boolean;
}

/**
 * Reads what a person types: words, "phrases", -not, or, prefix*, brackets, and field:value for title, site,
 * source, author, category and language. `or` binds weaker than standing side by side. Total: whatever was
 * typed, it answers a tree or the first fault.
 */
export function parseQuery(input: string, language: QueryLanguage): ParsedQuery {
  const read = readTokens(input, { hasFields: !language.inTitle });
  if (read.kind === 'malformed') return read;
  if (read.tokens.length === 1) return { kind: 'parsed', tree: null };
  const parser = new QueryParser(read.tokens, language);
  const tree = parser.parseAll();
  return parser.fault === null
    ? { kind: 'parsed', tree }
    : { kind: 'malformed', fault: parser.fault };
}

/** Recursive descent; after the first fault it only unwinds. */
class QueryParser {
  fault: QueryFault | null = null;
  private next = 0;
  private terms = 0;

  constructor(
    private readonly tokens: readonly QueryToken[],
    private readonly language: QueryLanguage,
  ) {}

  parseAll(): QueryNode | null {
    const tree = this.parseAlternatives(0, this.language.inTitle);
    const { kind, position } = this.peek();
    return kind === 'end' ? tree : this.fail(position, 'this bracket was never opened');
  }

  private parseAlternatives(depth: number, inTitle: boolean): QueryNode | null {
    const operands: QueryNode[] = [];
    do {
      const operand = this.parseConjunction(depth, inTitle);
      if (operand === null) return null;
      operands.push(operand);
    } while (this.take('or'));
    return joined('or', operands);
  }

  private parseConjunction(depth: number, inTitle: boolean): QueryNode | null {
    const operands: QueryNode[] = [];
    while (!['or', 'close', 'end'].includes(this.peek().kind)) {
      const operand = this.parseOperand(depth, inTitle);
      if (operand === null) return null;
      operands.push(operand);
    }
    if (operands.length > 0) return joined('and', operands);
    return this.fail(this.peek().position, 'a word is missing here');
  }

  private parseOperand(depth: number, inTitle: boolean): QueryNode | null {
    const token = this.peek();
    this.next += 1;
    switch (token.kind) {
      case 'not':
        return this.parseNegation(token.position, depth, inTitle);
      case 'open':
        return this.parseBrackets(token.position, depth, inTitle);
      case 'field':
        return this.parseField(token, depth);
      case 'word':
      case 'phrase':
        return this.parseWords(token, inTitle);
      case 'close':
      case 'or':
      case 'end':
        this.next -= 1;
        return this.fail(token.position, 'a word is missing here');
    }
  }

  private parseNegation(position: number, depth: number, inTitle: boolean): QueryNode | null {
    if (depth === MAX_QUERY_DEPTH) return this.fail(position, TOO_DEEP);
    const operand = this.parseOperand(depth + 1, inTitle);
    return operand === null ? null : { kind: 'not', operand };
  }

  private parseBrackets(opened: number, depth: number, inTitle: boolean): QueryNode | null {
    if (depth === MAX_QUERY_DEPTH) return this.fail(opened, TOO_DEEP);
    const inner = this.parseAlternatives(depth + 1, inTitle);
    if (inner === null || this.take('close')) return inner;
    return this.fail(opened, 'this bracket is never closed');
  }

  private parseField(
    token: Extract<QueryToken, { kind: 'field' }>,
    depth: number,
  ): QueryNode | null {
    const { field, position } = token;
    const value = this.peek();
    const end = position + field.length + 1;
    if (
      value.position === end &&
      field === 'title' &&
      ['open', 'word', 'phrase'].includes(value.kind)
    )
      return this.parseOperand(depth, true);
    if (value.position !== end || (value.kind !== 'word' && value.kind !== 'phrase')) {
      return this.fail(end, `${field}: needs a word or a "phrase" right behind it`);
    }
    this.next += 1;
    if (field === 'title' || !this.countTerm(value.position)) return null;
    return { kind: 'field', field, value: value.text.trim() };
  }

  private parseWords(
    token: Extract<QueryToken, { kind: 'word' | 'phrase' }>,
    inTitle: boolean,
  ): QueryNode | null {
    const { position } = token;
    if (!this.countTerm(position)) return null;
    const isPrefix = token.kind === 'word' && token.text.endsWith('*');
    const text = isPrefix ? token.text.slice(0, -1) : token.text;
    if (isPrefix && text.length < MIN_PREFIX_CHARACTERS && !DENSE_SCRIPT.test(text)) {
      return this.fail(position, `before * stand at least ${MIN_PREFIX_CHARACTERS} characters`);
    }
    return { kind: 'words', text, isPrefix, inTitle, position };
  }

  private countTerm(position: number): boolean {
    this.terms += 1;
    if (this.terms <= MAX_QUERY_TERMS) return true;
    this.fail(position, `a query has at most ${MAX_QUERY_TERMS} words, phrases and values`);
    return false;
  }

  private peek(): QueryToken {
    return this.tokens[this.next] ?? { kind: 'end', position: 0 };
  }

  private take(kind: QueryToken['kind']): boolean {
    if (this.peek().kind !== kind) return false;
    this.next += 1;
    return true;
  }

  private fail(position: number, detail: string): null {
    this.fault ??= { position, detail };
    return null;
  }
}

function joined(kind: 'and' | 'or', operands: readonly QueryNode[]): QueryNode {
  const [first] = operands;
  return first !== undefined && operands.length === 1 ? first : { kind, operands };
}
