import type { PageNode } from '../page/page-tree.ts';

/** A link is marked also where its address is none that may be followed. */
export const MARK = { emphasis: 1, strong: 2, code: 4, link: 8 } as const;

/** A stretch of text under the same marks. */
export interface Piece {
  readonly text: string;
  /** Bits of MARK. */
  readonly marks: number;
  /** Absolute http or https address, or null. */
  readonly href: string | null;
}

export type BlockKind = 'p' | 'h2' | 'h3' | 'h4' | 'li' | 'quote' | 'pre' | 'row';

/** One line of the article. */
export interface Block {
  readonly kind: BlockKind;
  readonly text: string;
  /** Of a table row one list of pieces per cell, of any other block one list. */
  readonly cells: readonly (readonly Piece[])[];
  readonly linkLength: number;
  /** The list, quote or table it belongs to: neighbours of one group stand in one element. */
  readonly group: PageNode | null;
}

/** A paragraph without marks or links. */
export function paragraphBlock(text: string): Block {
  return { kind: 'p', text, cells: [[{ text, marks: 0, href: null }]], linkLength: 0, group: null };
}

/** Characters of all lines. */
export function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}
