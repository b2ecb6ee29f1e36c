import type { BodyRecorder, LeftOutNotes } from './body-recorder.ts';
import { checkAgainstBody } from './clean-up/check-body.ts';
import { cleanBlocks, newSentences, type CleanBlocks } from './clean-up/clean-blocks.ts';
import { lengthOf, paragraphBlock, type Block } from './emission/block.ts';
import { emitBlocks, type ResolveHref } from './emission/emit-blocks.ts';
import { findLead } from './emission/find-lead.ts';
import type { Strength } from './emission/pruning.ts';
import type { PageOptions } from './extraction.ts';
import type { JsonLdArticle } from './metadata/json-ld.ts';
import { allTitleWordings } from './metadata/page-titles.ts';
import { plainLines } from './metadata/plain-words.ts';
import { chooseContainer } from './page/choose-container.ts';
import type { PageNode, PageTree } from './page/page-tree.ts';
import { absoluteUrl } from './page/web-address.ts';
import { isMetaLine } from './plain-text/read-head.ts';
import { splitParagraphs } from './plain-text/reflow-lines.ts';

/** A weaker pruning is taken only where the stronger left less than this of its text. */
const ENOUGH_SHARE = 0.7;
const STRENGTHS = [2, 1, 0] as const;

/** The lines of the article on a measured page. */
export function readBody(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { url, hints, recorder = null }: PageOptions,
): CleanBlocks {
  const container = chooseContainer(page.root, recorder?.candidate);
  const base = page.baseUrl === null ? url : absoluteUrl(page.baseUrl, url);
  const resolveHref: ResolveHref = (href) => absoluteUrl(href, base ?? url);
  const titles = allTitleWordings(page, jsonLd, hints.title);
  const { body, strength, notes } = emitPruned(container, titles, resolveHref, recorder);
  const declared = jsonLd?.body ?? null;
  const lines = declared === null ? null : plainLines(declared);
  const blocks = checkAgainstBody(body.blocks, lines);
  notes?.unconfirmed(body.blocks, blocks);
  recorder?.choose(container, strength, notes);
  const leads = findLead(container, page.marked).flatMap((node) =>
    emitBlocks(node, { strength: 1, resolveHref, leftOut: null }),
  );
  return { ...body, blocks: [...newSentences(leads, titles, blocks), ...blocks] };
}

interface PrunedBody {
  readonly body: CleanBlocks;
  readonly strength: Strength;
  readonly notes: LeftOutNotes | null;
}

function emitPruned(
  container: PageNode,
  titles: readonly string[],
  resolveHref: ResolveHref,
  recorder: BodyRecorder | null,
): PrunedBody {
  let chosen: PrunedBody | null = null;
  for (const strength of STRENGTHS) {
    const notes = recorder?.startNotes() ?? null;
    const emitted = splitSoleText(emitBlocks(container, { strength, resolveHref, leftOut: notes }));
    const body = cleanBlocks(emitted, titles, notes);
    const length = lengthOf(body.blocks);
    if (chosen === null || lengthOf(chosen.body.blocks) < length * ENOUGH_SHARE)
      chosen = { body, strength, notes };
    const isEnough = lengthOf(chosen.body.blocks) >= container.goodLength * ENOUGH_SHARE;
    if (isEnough && length > 0) break;
  }
  return chosen ?? { body: NO_BODY, strength: 0, notes: null };
}

const NO_BODY: CleanBlocks = { blocks: [], headLines: [], isPaywalled: false };

/** A page that is one preformatted text carries an agency's report as it was sent. */
function splitSoleText(blocks: readonly Block[]): readonly Block[] {
  const [sole] = blocks;
  if (blocks.length !== 1 || sole?.kind !== 'pre') return blocks;
  return splitParagraphs(sole.text, isMetaLine).map(paragraphBlock);
}
