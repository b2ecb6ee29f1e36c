import type { Block } from '../emission/block.ts';

const LINK_SHARE = 0.5;
const SHORTEST_PARAGRAPH = 60;
const PARAGRAPH_LINK_SHARE = 0.4;
const ANNOUNCEMENT = /[:：]$/u;

/** What the lines around them say of the items of lists. */
export interface ListItems {
  /** The list is part of the story: it stands between two paragraphs, or a colon announces it. */
  readonly amidText: ReadonlySet<Block>;
  /** Most of the list is links, and nothing says that it is part of the story. */
  readonly stray: ReadonlySet<Block>;
}

export function judgeLists(blocks: readonly Block[]): ListItems {
  const amidText = new Set<Block>();
  const stray = new Set<Block>();
  for (let start = 0; start < blocks.length;) {
    const end = endOfList(blocks, start);
    const items = blocks.slice(start, end);
    if (items[0]?.kind === 'li') {
      const isStory = isAmidText(blocks[start - 1], blocks[end]);
      const set = isStory ? amidText : isLinked(items) ? stray : null;
      for (const item of items) set?.add(item);
    }
    start = end;
  }
  return { amidText, stray };
}

function endOfList(blocks: readonly Block[], start: number): number {
  const first = blocks[start];
  let end = start + 1;
  if (first?.kind === 'li')
    while (blocks[end]?.kind === 'li' && blocks[end]?.group === first.group) end++;
  return end;
}

function isAmidText(before: Block | undefined, after: Block | undefined): boolean {
  if (before === undefined) return false;
  return ANNOUNCEMENT.test(before.text) || (isParagraph(before) && isParagraph(after));
}

function isParagraph(block: Block | undefined): boolean {
  return (
    block?.kind === 'p' &&
    block.text.length >= SHORTEST_PARAGRAPH &&
    block.linkLength < block.text.length * PARAGRAPH_LINK_SHARE
  );
}

function isLinked(items: readonly Block[]): boolean {
  const length = items.reduce((sum, item) => sum + item.text.length, 0);
  const linked = items.reduce((sum, item) => sum + item.linkLength, 0);
  return linked > length * LINK_SHARE;
}
