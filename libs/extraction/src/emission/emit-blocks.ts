import { attribute, type PageNode } from '../page/page-tree.ts';
import { MARK, type Block, type BlockKind, type Piece } from './block.ts';
import type { LeftOut } from './left-out.ts';
import { pruningRule, type Strength } from './pruning.ts';

const MAX_BLOCKS = 20_000;
const MAX_CELL_LENGTH = 300;
/** Such a link leads nowhere: its text is text. */
const SCRIPT_LINK = /^\s*javascript:/i;
const SEAM = / {2}|\n|\t/;
const HEADINGS: Readonly<Record<string, BlockKind>> = {
  h1: 'h2',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h4',
  h6: 'h4',
};
const MARKS: Readonly<Record<string, number>> = {
  em: MARK.emphasis,
  i: MARK.emphasis,
  cite: MARK.emphasis,
  dfn: MARK.emphasis,
  strong: MARK.strong,
  b: MARK.strong,
  code: MARK.code,
  kbd: MARK.code,
  samp: MARK.code,
};

/** Makes an address absolute, or null where it is none that a reader may follow. */
export type ResolveHref = (href: string) => string | null;

export interface EmitOptions {
  readonly strength: Strength;
  readonly resolveHref: ResolveHref;
  /** Told of what is pruned, where somebody asks. */
  readonly leftOut: LeftOut | null;
}

/** The lines below an element, in order, without what is pruned at this strength. */
export function emitBlocks(
  container: PageNode,
  { strength, resolveHref, leftOut }: EmitOptions,
): Block[] {
  const emitter = new Emitter(container, { strength, resolveHref, leftOut });
  emitter.walk(container, { marks: 0, href: null });
  return emitter.finish();
}

interface InlineState {
  readonly marks: number;
  readonly href: string | null;
}

interface Place {
  readonly kind: BlockKind;
  readonly group: PageNode | null;
}

class Emitter {
  readonly #container: PageNode;
  readonly #options: EmitOptions;
  readonly #blocks: Block[] = [];
  #pieces: Piece[] = [];
  #place: Place = { kind: 'p', group: null };
  #breaks = 0;

  constructor(container: PageNode, options: EmitOptions) {
    this.#container = container;
    this.#options = options;
  }

  walk(parent: PageNode, state: InlineState): void {
    for (const kid of parent.kids) {
      if (typeof kid === 'string') this.#addText(kid, state);
      else if (this.#blocks.length < MAX_BLOCKS) this.#visit(kid, state);
    }
  }

  finish(): Block[] {
    this.#flush();
    return this.#blocks;
  }

  #visit(node: PageNode, state: InlineState): void {
    if (node.tag === 'br') {
      this.#addBreak();
      return;
    }
    if (node.kids.length === 0) return;
    const rule = pruningRule(node, this.#container, this.#options.strength);
    if (rule !== null) {
      this.#options.leftOut?.pruned(node, rule);
      if (!node.isInline) this.#flush();
      return;
    }
    if (node.isInline) this.walk(node, this.#inner(node, state));
    else this.#visitBlock(node, state);
  }

  #inner(node: PageNode, state: InlineState): InlineState {
    const href = node.tag === 'a' ? attribute(node, 'href') : null;
    const marks = state.marks | (MARKS[node.tag] ?? 0);
    if (href === null || SCRIPT_LINK.test(href)) return { marks, href: state.href };
    return { marks: marks | MARK.link, href: this.#options.resolveHref(href) };
  }

  #visitBlock(node: PageNode, state: InlineState): void {
    this.#flush();
    if (node.tag === 'table' && isDataTable(node)) {
      this.#emitRows(node);
      return;
    }
    const outer = this.#place;
    this.#place = placeOf(node, outer);
    this.walk(node, state);
    this.#flush();
    this.#place = outer;
  }

  #emitRows(table: PageNode): void {
    for (const row of rowsOf(table)) {
      const cells: Piece[][] = [];
      for (const cell of row.kids) {
        if (typeof cell === 'string') continue;
        this.walk(cell, { marks: 0, href: null });
        cells.push(trimPieces(this.#pieces));
        this.#pieces = [];
        this.#breaks = 0;
      }
      const filled = cells.filter((cell) => cell.length > 0);
      const text = filled.map(textOfPieces).join(' | ');
      if (text !== '') this.#push({ kind: 'row', group: table }, cells, text);
    }
  }

  #addText(text: string, { marks, href }: InlineState): void {
    if (text.trim() !== '') {
      if (this.#breaks > 1 && this.#place.kind !== 'pre') this.#flush();
      else if (this.#breaks === 1) this.#pieces.push({ text: '\n', marks: 0, href: null });
      this.#breaks = 0;
    }
    const last = this.#pieces.at(-1);
    if (last?.marks === marks && last.href === href)
      this.#pieces[this.#pieces.length - 1] = { text: last.text + text, marks, href };
    else this.#pieces.push({ text, marks, href });
  }

  #addBreak(): void {
    if (this.#place.kind === 'pre') this.#addText('\n', { marks: 0, href: null });
    else this.#breaks++;
  }

  #flush(): void {
    const isPre = this.#place.kind === 'pre';
    const pieces = isPre ? this.#pieces : trimPieces(this.#pieces);
    this.#pieces = [];
    this.#breaks = 0;
    const text = isPre ? textOfPieces(pieces).replace(/^\n+/u, '').trimEnd() : textOfPieces(pieces);
    if (text.trim() !== '') this.#push(this.#place, [pieces], text);
  }

  #push(place: Place, cells: readonly (readonly Piece[])[], text: string): void {
    let linkLength = 0;
    for (const cell of cells)
      for (const piece of cell)
        if ((piece.marks & MARK.link) !== 0) linkLength += piece.text.length;
    this.#blocks.push({ kind: place.kind, group: place.group, cells, text, linkLength });
  }
}

function placeOf(node: PageNode, outer: Place): Place {
  const heading = HEADINGS[node.tag];
  if (heading !== undefined) return { kind: heading, group: null };
  if (node.tag === 'li') return { kind: 'li', group: node.parent };
  if (node.tag === 'blockquote') return { kind: 'quote', group: node };
  if (node.tag === 'pre') return { kind: 'pre', group: node };
  return outer;
}

/** Collapses blanks over the borders of pieces and strips both ends. */
function trimPieces(pieces: readonly Piece[]): Piece[] {
  const trimmed: Piece[] = [];
  let endsBlank = true;
  for (const piece of pieces) {
    // The reader has collapsed blanks within a text; only seams and preformatted text are left.
    let text = SEAM.test(piece.text) ? collapse(piece.text) : piece.text;
    if (endsBlank) text = text.trimStart();
    if (text === '') continue;
    endsBlank = text.endsWith(' ') || text.endsWith('\n');
    trimmed.push({ ...piece, text });
  }
  for (let last = trimmed.pop(); last !== undefined; last = trimmed.pop()) {
    const text = last.text.trimEnd();
    if (text === '') continue;
    trimmed.push({ ...last, text });
    break;
  }
  return trimmed;
}

function collapse(text: string): string {
  return text.replace(/[^\S\n]+/gu, ' ').replace(/ ?\n ?/gu, '\n');
}

function textOfPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}

function* rowsOf(table: PageNode): Generator<PageNode> {
  for (const kid of table.kids) {
    if (typeof kid === 'string') continue;
    if (kid.tag === 'tr') yield kid;
    else if (kid.tag === 'thead' || kid.tag === 'tbody' || kid.tag === 'tfoot') yield* rowsOf(kid);
  }
}

/** A table of facts has rows of short cells; a table that arranges the page has not. */
function isDataTable(table: PageNode): boolean {
  let rows = 0;
  let wideRows = 0;
  for (const row of rowsOf(table)) {
    const cells = row.kids.filter((kid) => typeof kid !== 'string');
    if (cells.some((cell) => cell.textLength > MAX_CELL_LENGTH || holdsTable(cell))) return false;
    rows++;
    if (cells.length > 1) wideRows++;
  }
  return rows > 0 && wideRows * 2 >= rows;
}

function holdsTable(node: PageNode): boolean {
  return node.kids.some(
    (kid) => typeof kid !== 'string' && (kid.tag === 'table' || holdsTable(kid)),
  );
}
