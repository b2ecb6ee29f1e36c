import type { Block } from '../emission/block.ts';
import type { DropRule, LeftOut } from '../emission/left-out.ts';
import { foldLine } from '../phrases/fold-line.ts';
import { isFurniture, isPaywallLine, readLabel } from '../phrases/phrases.ts';
import { isMetaLine } from '../plain-text/read-head.ts';
import { articleLength } from './cut-tail.ts';
import { endsSentence } from './line-shape.ts';
import { judgeLists, type ListItems } from './link-lists.ts';

const LINK_ONLY_SHARE = 0.8;
const LONGEST_SHORT_LINE = 220;
/** Repeats of the title and lines of facts stand before this many characters of text. */
const HEAD_LENGTH = 400;
/** Settings of a widget that its script would have read. */
const DATA = /^(?:\{\s*"|\[\s*\{)/u;
/** Nobody says this much twice in the same words; pages do, for screens of several widths. */
const SHORTEST_REPEAT = 60;
const SHORTEST_LEAD = 60;
const LEAD_LINK_SHARE = 0.4;

export interface CleanBlocks {
  readonly blocks: readonly Block[];
  /** Dropped lines that tell about the article: other headlines, dates, bylines, labelled lines. */
  readonly headLines: readonly string[];
  /** A line said that the rest is for subscribers. */
  readonly isPaywalled: boolean;
}

/** What was said right before, and paragraphs that were said anywhere. */
class Repeats {
  private previous = '';
  private readonly said = new Set<string>();

  has({ text }: Block): boolean {
    return text === this.previous || this.said.has(text);
  }

  add({ text, kind }: Block): void {
    this.previous = text;
    if (text.length >= SHORTEST_REPEAT && kind === 'p') this.said.add(text);
  }
}

/** Takes the lines out that are not the article: titles, facts, links, furniture, the tail. */
export function cleanBlocks(
  blocks: readonly Block[],
  titles: readonly string[],
  leftOut: LeftOut | null,
): CleanBlocks {
  const known = new Set(titles.map(foldLine).filter((title) => title !== ''));
  const kept: Block[] = [];
  const headLines: string[] = [];
  let length = 0;
  const repeats = new Repeats();
  const lists = judgeLists(blocks);
  for (const block of blocks) {
    const isHead = length < HEAD_LENGTH && block.text.length <= LONGEST_SHORT_LINE;
    const rule = repeats.has(block)
      ? 'repeat'
      : (dropRule(block, known, isHead) ?? linkRule(block, lists));
    if (rule === 'fact') headLines.push(block.text);
    if (rule !== null) {
      leftOut?.dropped(block, rule);
      continue;
    }
    kept.push(block);
    repeats.add(block);
    length += block.text.length;
  }
  const headlines = headLines.some(isAgencyLabel) ? countHeadlines(kept) : 0;
  const article = cutFurniture(kept, headlines, leftOut);
  const isPaywalled = blocks.some(
    ({ text }) => text.length < LONGEST_SHORT_LINE && isPaywallLine(text),
  );
  const lines = [...kept.slice(0, headlines).map((block) => block.text), ...headLines];
  return { blocks: article, headLines: lines, isPaywalled };
}

/** What is left without the first `headlines` lines, the tail, furniture and empty sections. */
function cutFurniture(
  lines: readonly Block[],
  headlines: number,
  leftOut: LeftOut | null,
): readonly Block[] {
  const drop = (block: Block, rule: DropRule) => leftOut?.dropped(block, rule);
  const body = lines.slice(headlines);
  // Tail headings are looked for before they are dropped as furniture.
  const length = articleLength(body.map((block) => block.text));
  const article = body.slice(0, length).filter((block) => {
    const rule = leftoverRule(block);
    if (rule !== null) drop(block, rule);
    return rule === null;
  });
  const end = endOfLastSection(article);
  for (const block of lines.slice(0, headlines)) drop(block, 'headline');
  for (const block of body.slice(length)) drop(block, 'tail');
  for (const block of article.slice(end)) drop(block, 'empty-section');
  return article.slice(0, end);
}

/** Lines of a lead that the text below it does not say already. */
export function newSentences(
  lead: readonly Block[],
  titles: readonly string[],
  text: readonly Block[],
): readonly Block[] {
  if (lead.length === 0) return lead;
  const said = text.map((block) => block.text).join('\n');
  return cleanBlocks(lead, titles, null).blocks.filter(
    (block) =>
      block.text.length >= SHORTEST_LEAD &&
      block.linkLength < block.text.length * LEAD_LINK_SHARE &&
      !said.includes(block.text),
  );
}

function dropRule(block: Block, titles: ReadonlySet<string>, isHead: boolean): DropRule | null {
  const { text, kind } = block;
  if (isHead && isMetaLine(text)) return 'fact';
  if (kind === 'pre' || kind === 'row') return null;
  if (!/[\p{L}\p{N}]/u.test(text)) return 'no-words';
  if (DATA.test(text)) return 'data';
  return isHead && titles.has(foldLine(text)) ? 'title' : null;
}

function leftoverRule({ text, kind }: Block): DropRule | null {
  if (kind === 'pre' || kind === 'row') return null;
  if (isFurniture(text)) return 'furniture';
  return isPaywallLine(text) ? 'paywall' : null;
}

function linkRule(block: Block, lists: ListItems): DropRule | null {
  if (lists.stray.has(block)) return 'link-list';
  return !lists.amidText.has(block) && isLinkOnly(block) ? 'link-only' : null;
}

function isLinkOnly({ text, kind, linkLength }: Block): boolean {
  // A linked heading still heads its section.
  if (kind !== 'p' && kind !== 'quote' && kind !== 'li') return false;
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

/** A heading with nothing below it has lost its section; a sentence only looks like one. */
function endOfLastSection(blocks: readonly Block[]): number {
  const end = 1 + blocks.findLastIndex((block) => !isHeading(block));
  return Math.max(end, Math.min(blocks.length, 1));
}

function isHeading({ kind, text }: Block): boolean {
  return /^h\d$/.test(kind) && !endsSentence(text);
}
