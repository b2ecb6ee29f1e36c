import { paragraphBlock, type Block } from '../emission/block.ts';

const SHINGLE = 4;
const MIN_BODY_LENGTH = 200;
const CONFIRMED_SHARE = 0.9;
const CONFIRMED_LENGTH = 0.75;
const FOREIGN_SHARE = 0.5;
const MAX_TOKENS = 100_000;

/**
 * Holds our lines against the body that the page declares. Where it confirms them they are trimmed
 * to its first and last line; where it is another text it is taken; otherwise nothing changes.
 */
export function checkAgainstBody(blocks: readonly Block[], body: string | null): readonly Block[] {
  if (body === null || body.length < MIN_BODY_LENGTH) return blocks;
  const declared = shinglesOf(body);
  if (declared.size === 0) return blocks;
  const ours = shinglesOf(blocks.map((block) => block.text).join('\n'));
  let shared = 0;
  for (const shingle of declared) if (ours.has(shingle)) shared++;
  const share = shared / declared.size;
  if (share < FOREIGN_SHARE) return linesOf(body);
  const length = blocks.reduce((sum, block) => sum + block.text.length, 0);
  if (share < CONFIRMED_SHARE || body.length < length * CONFIRMED_LENGTH) return blocks;
  return trimToConfirmed(blocks, declared);
}

function trimToConfirmed(
  blocks: readonly Block[],
  declared: ReadonlySet<string>,
): readonly Block[] {
  const confirmed = blocks.map((block) => isConfirmed(block.text, declared));
  const first = confirmed.indexOf(true);
  const last = confirmed.lastIndexOf(true);
  return first < 0 ? blocks : blocks.slice(first, last + 1);
}

function isConfirmed(text: string, declared: ReadonlySet<string>): boolean {
  const own = shinglesOf(text);
  let shared = 0;
  for (const shingle of own) if (declared.has(shingle)) shared++;
  return own.size > 0 && shared >= own.size / 2;
}

function shinglesOf(text: string): ReadonlySet<string> {
  const tokens = (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, MAX_TOKENS);
  const shingles = new Set<string>();
  for (let end = SHINGLE; end <= tokens.length; end++)
    shingles.add(`${tokens[end - 4]} ${tokens[end - 3]} ${tokens[end - 2]} ${tokens[end - 1]}`);
  return shingles;
}

function linesOf(body: string): Block[] {
  return body
    .split(/\n+/u)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .map(paragraphBlock);
}
