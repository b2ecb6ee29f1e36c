import type { Block } from './block.ts';
import { PARAGRAPH_BORDER } from './cap-text.ts';

/** Paragraphs: every block is one, but the items of a list and the rows of a table share one. */
export function paragraphsOf(blocks: readonly Block[]): { text: string; blocks: number }[] {
  const paragraphs: { text: string; blocks: number }[] = [];
  let previous: Block | null = null;
  for (const block of blocks) {
    const last = paragraphs.at(-1);
    const isContinued =
      (block.kind === 'li' || block.kind === 'row') &&
      previous?.kind === block.kind &&
      previous.group === block.group;
    if (isContinued && last !== undefined) {
      last.text += `\n${block.text}`;
      last.blocks++;
    } else paragraphs.push({ text: block.text, blocks: 1 });
    previous = block;
  }
  return paragraphs;
}

export function joinParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.join(PARAGRAPH_BORDER);
}
