import type { LeftOutNotes } from './body-recorder.ts';
import { checkAgainstBody } from './clean-up/check-body.ts';
import { cleanBlocks, newSentences, type CleanBlocks } from './clean-up/clean-blocks.ts';
import { lengthOf, paragraphBlock, type Block } from './emission/block.ts';
import { emitBlocks, type ResolveHref } from './emission/emit-blocks.ts';
import { findLead } from './emission/find-lead.ts';
import type { Strength } from './emission/pruning.ts';
import type { PageOptions } from './extraction.ts';
import type { JsonLdArticle } from './metadata/json-ld.ts';
import { allTitleWordings, findHeading } from './metadata/page-titles.ts';
import { metaOf } from './metadata/page-meta.ts';
import { plainLines } from './metadata/plain-words.ts';
import { chooseAnyContainer, chooseContainer } from './page/choose-container.ts';
import { chooseStory } from './page/choose-story.ts';
import { textOf, type PageNode, type PageTree } from './page/page-tree.ts';
import { absoluteUrl } from './page/web-address.ts';
import { foldLine } from './phrases/fold-line.ts';
import { isMetaLine } from './plain-text/read-head.ts';
import { splitParagraphs } from './plain-text/reflow-lines.ts';

/** A weaker pruning is taken only where the stronger left less than this of its text. */
const ENOUGH_SHARE = 0.7;
/** Where even a weak one left less than this of the paragraphs, names are not believed. */
const HIDDEN_SHARE = 0.1;
const LONGEST_HEADLINE = 300;
/** Less is no story, where the page has much text. */
const SHORTEST_BODY = 200;
const MUCH_TEXT = 1_000;

export interface PageBody extends CleanBlocks {
  /** The element whose lines these are. */
  readonly container: PageNode;
}

/** The lines of the article on a measured page. */
export function readBody(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  options: PageOptions,
): PageBody {
  const see = options.recorder?.candidate;
  const heading = titledHeading(page, options.url);
  const source: BodySource = { page, jsonLd, options };
  const body = readContainer(source, chooseStory(chooseContainer(page.root, see), heading));
  const length = lengthOf(body.blocks);
  if (length >= SHORTEST_BODY || page.root.goodLength < MUCH_TEXT) return body;
  // Names that leave so little of a full page say nothing.
  const recorder = options.recorder ?? null;
  const container = chooseAnyContainer(page.root, see);
  const other = readContainer({ ...source, options: { ...options, recorder: null } }, container);
  if (lengthOf(other.blocks) < MUCH_TEXT / 2) return body;
  return recorder === null ? other : readContainer(source, container);
}

interface BodySource {
  readonly page: PageTree;
  readonly jsonLd: JsonLdArticle | null;
  readonly options: PageOptions;
}

function readContainer(
  { page, jsonLd, options: { url, hints, recorder = null } }: BodySource,
  container: PageNode,
): PageBody {
  const base = page.baseUrl === null ? url : absoluteUrl(page.baseUrl, url);
  const resolveHref: ResolveHref = (href) => absoluteUrl(href, base ?? url);
  const titles = allTitleWordings(page, jsonLd, hints.title);
  const { body, strength, notes } = emitPruned(container, (strength) => {
    const notes = recorder?.startNotes() ?? null;
    const emitted = emitBlocks(container, { strength, resolveHref, leftOut: notes });
    return { body: cleanBlocks(splitSoleText(emitted), titles, notes), strength, notes };
  });
  const declared = jsonLd?.body ?? null;
  const lines = declared === null ? null : plainLines(declared);
  const blocks = checkAgainstBody(body.blocks, lines);
  notes?.unconfirmed(body.blocks, blocks);
  recorder?.choose(container, strength, notes);
  const leads = findLead(container, page.marked).flatMap((node) =>
    emitBlocks(node, { strength: 1, resolveHref, leftOut: null }),
  );
  return { ...body, container, blocks: [...newSentences(leads, titles, blocks), ...blocks] };
}

/** The headline that the page's title has in whole. */
function titledHeading(page: PageTree, url: string | null): PageNode | null {
  const heading = findHeading(page, { name: null, url });
  if (heading === null) return null;
  const headline = foldLine(textOf(heading, LONGEST_HEADLINE));
  const titles = [page.title, metaOf(page, 'og:title') ?? ''].map(foldLine);
  return headline !== '' && titles.some((title) => title.includes(headline)) ? heading : null;
}

interface PrunedBody {
  readonly body: CleanBlocks;
  readonly strength: Strength;
  readonly notes: LeftOutNotes | null;
}

type Prune = (strength: Strength) => PrunedBody;

function emitPruned(container: PageNode, prune: Prune): PrunedBody {
  const enough = container.goodLength * ENOUGH_SHARE;
  let chosen = prune(2);
  for (const strength of [1, 0] as const) {
    const length = lengthOf(chosen.body.blocks);
    if (length >= enough && length > 0) break;
    const weaker = prune(strength);
    if (length < lengthOf(weaker.body.blocks) * ENOUGH_SHARE) chosen = weaker;
  }
  // Where all the text stands in boxes by their names, the names say nothing.
  return lengthOf(chosen.body.blocks) < container.goodLength * HIDDEN_SHARE ? prune(-1) : chosen;
}

/** A page that is one preformatted text carries an agency's report as it was sent. */
function splitSoleText(blocks: readonly Block[]): readonly Block[] {
  const [sole] = blocks;
  if (blocks.length !== 1 || sole?.kind !== 'pre') return blocks;
  return splitParagraphs(sole.text, isMetaLine).map(paragraphBlock);
}
