import type { Block } from '../emission/block.ts';
import { foldLine } from '../phrases/fold-line.ts';
import { isFurniture, isPaywallLine, readLabel } from '../phrases/phrases.ts';
import { isMetaLine } from '../plain-text/read-head.ts';
import { articleLength } from './cut-tail.ts';
import { endsSentence } from './line-shape.ts';

const LINK_ONLY_SHARE = 0.8;
const LONGEST_SHORT_LINE = 220;
/** Repeats of the title and lines of facts stand before this many characters of text. */
const HEAD_LENGTH = 400;
const SHORTEST_LEAD = 60;
const LEAD_LINK_SHARE = 0.4;

export interface CleanBlocks {
  readonly blocks: readonly Block[];
  /** Dropped lines that tell about the article: other headlines, dates, bylines, labelled lines. */
  readonly headLines: readonly string[];
  /** A line said that the rest is for subscribers. */
  readonly isPaywalled: boolean;
}

/** Takes the lines out that are not the article: titles, facts, links, furniture, the tail. */
export function cleanBlocks(blocks: readonly Block[], titles: readonly string[]): CleanBlocks {
  const known = new Set(titles.map(foldLine).filter((title) => title !== ''));
  const kept: Block[] = [];
  const headLines: string[] = [];
  let length = 0;
  let previous = '';
  for (const block of blocks) {
    const isHead = length < HEAD_LENGTH && block.text.length <= LONGEST_SHORT_LINE;
    if (isHead && isMetaLine(block.text)) headLines.push(block.text);
    else if (block.text !== previous && !isDropped(block, known, isHead)) {
      kept.push(block);
      previous = block.text;
      if (block.kind === 'p') length += block.text.length;
    }
  }
  const headlines = headLines.some(isAgencyLabel) ? countHeadlines(kept) : 0;
  const body = kept.slice(headlines);
  // Tail headings are looked for before they are dropped as furniture.
  const article = body
    .slice(0, articleLength(body.map((block) => block.text)))
    .filter((block) => !isLeftover(block));
  const isPaywalled = blocks.some(
    ({ text }) => text.length < LONGEST_SHORT_LINE && isPaywallLine(text),
  );
  const lines = [...kept.slice(0, headlines).map((block) => block.text), ...headLines];
  return { blocks: withoutEmptySections(article), headLines: lines, isPaywalled };
}

/** Lines of a lead that the text below it does not say already. */
export function newSentences(
  lead: readonly Block[],
  titles: readonly string[],
  text: readonly Block[],
): readonly Block[] {
  if (lead.length === 0) return lead;
  const said = text.map((block) => block.text).join('\n');
  return cleanBlocks(lead, titles).blocks.filter(
    (block) =>
      block.text.length >= SHORTEST_LEAD &&
      block.linkLength < block.text.length * LEAD_LINK_SHARE &&
      !said.includes(block.text),
  );
}

function isDropped(block: Block, titles: ReadonlySet<string>, isHead: boolean): boolean {
  const { text, kind } = block;
  if (kind === 'pre' || kind === 'row') return false;
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  return isLinkOnly(block) || (isHead && titles.has(foldLine(text)));
}

function isLeftover({ text, kind }: Block): boolean {
  return kind !== 'pre' && kind !== 'row' && (isFurniture(text) || isPaywallLine(text));
}

function isLinkOnly({ text, kind, linkLength }: Block): boolean {
  if (text.length > LONGEST_SHORT_LINE || linkLength < text.length * LINK_ONLY_SHARE) return false;
  return linkLength > 0 && (kind !== 'li' || !endsSentence(text));
}

/** `Subheading: …` shows that the page carries an agency's text, with its other headlines. */
function isAgencyLabel(line: string): boolean {
  const label = readLabel(line)?.label;
  return label === 'description' || label === 'title';
}

function countHeadlines(blocks: readonly Block[]): number {
  const first = blocks.findIndex(
    ({ text, kind }) => kind !== 'p' || text.length > LONGEST_SHORT_LINE || endsSentence(text),
  );
  return Math.max(first, 0);
}

/** A heading with nothing below it has lost its section. */
function withoutEmptySections(blocks: readonly Block[]): readonly Block[] {
  let end = blocks.length;
  while (end > 1 && /^h\d$/.test(blocks[end - 1]?.kind ?? '')) end--;
  return blocks.slice(0, end);
}
