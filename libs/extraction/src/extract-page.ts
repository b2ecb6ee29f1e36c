import { checkAgainstBody } from './clean-up/check-body.ts';
import { cleanBlocks, newSentences, type CleanBlocks } from './clean-up/clean-blocks.ts';
import { endsSentence } from './clean-up/line-shape.ts';
import { paragraphBlock, type Block } from './emission/block.ts';
import { capParagraphs, MAX_TEXT_BYTES } from './emission/cap-text.ts';
import { emitBlocks, type ResolveHref } from './emission/emit-blocks.ts';
import { joinParagraphs, paragraphsOf } from './emission/join-text.ts';
import { findLead } from './emission/find-lead.ts';
import { renderHtml } from './emission/render-html.ts';
import type { ExtractedArticle, Extraction, PageOptions } from './extraction.ts';
import { readJsonLd, type JsonLdArticle } from './metadata/json-ld.ts';
import { readFields } from './metadata/page-fields.ts';
import { allTitleWordings } from './metadata/page-titles.ts';
import { plainLines } from './metadata/plain-words.ts';
import { refuseDocument } from './not-an-article/refuse-document.ts';
import { factsOf, refusePage } from './not-an-article/refuse-page.ts';
import { chooseContainer, measure } from './page/choose-container.ts';
import type { PageNode, PageTree } from './page/page-tree.ts';
import { MarkupTooDeep, readPage } from './page/read-page.ts';
import { absoluteUrl } from './page/web-address.ts';
import { readDateline } from './plain-text/dateline.ts';
import { isMetaLine, readHead } from './plain-text/read-head.ts';
import { splitParagraphs } from './plain-text/reflow-lines.ts';

const MIN_CHARACTERS = 200;
const MIN_BLOCKS = 2;
/** A weaker pruning is taken only where the stronger left less than this of its text. */
const ENOUGH_SHARE = 0.7;
const STRENGTHS = [2, 1, 0] as const;
const LONGEST_HEADLINE = 200;
const SHORT_TEXT = 1_500;
const LEAD_BLOCKS = 2;
const LONGEST_LEAD = 100;

/** Reads an article from the markup of its page, decoded to text. */
export function extractPage(html: string, options: PageOptions): Extraction {
  const document = refuseDocument(html);
  if (document !== null) return { kind: 'rejected', ...document };
  let page: PageTree;
  try {
    page = readPage(html);
  } catch (error) {
    if (!(error instanceof MarkupTooDeep)) throw error;
    return { kind: 'rejected', code: error.code, detail: error.message };
  }
  const jsonLd = readJsonLd(page.jsonLd);
  measure(page.root);
  const body = readBody(page, jsonLd, options);
  const length = lengthOf(body.blocks);
  const refusal = refusePage(factsOf(page, jsonLd, body.blocks, options.url));
  if (refusal !== null) return { kind: 'rejected', ...refusal };
  if (length === 0)
    return { kind: 'rejected', code: 'NOT_AN_ARTICLE', detail: 'no text was found' };
  if (body.blocks.length < MIN_BLOCKS && length < MIN_CHARACTERS)
    return { kind: 'rejected', code: 'TOO_SHORT', detail: `one paragraph of ${length} characters` };
  return { kind: 'article', article: buildArticle(page, jsonLd, body, options) };
}

function readBody(page: PageTree, jsonLd: JsonLdArticle | null, options: PageOptions): CleanBlocks {
  const container = chooseContainer(page.root);
  const base = page.baseUrl === null ? options.url : absoluteUrl(page.baseUrl, options.url);
  const titles = allTitleWordings(page, jsonLd, options.hints.title);
  const resolve: ResolveHref = (href) => absoluteUrl(href, base ?? options.url);
  const body = emitPruned(container, titles, resolve);
  const declared = jsonLd?.body ?? null;
  const blocks = checkAgainstBody(body.blocks, declared === null ? null : plainLines(declared));
  const leads = findLead(container, page.marked).flatMap((node) => emitBlocks(node, 1, resolve));
  return { ...body, blocks: [...newSentences(leads, titles, blocks), ...blocks] };
}

function emitPruned(
  container: PageNode,
  titles: readonly string[],
  resolveHref: ResolveHref,
): CleanBlocks {
  let chosen: CleanBlocks | null = null;
  for (const strength of STRENGTHS) {
    const emitted = splitSoleText(emitBlocks(container, strength, resolveHref));
    const cleaned = cleanBlocks(emitted, titles);
    const length = lengthOf(cleaned.blocks);
    if (chosen === null || lengthOf(chosen.blocks) < length * ENOUGH_SHARE) chosen = cleaned;
    if (lengthOf(chosen.blocks) >= container.goodLength * ENOUGH_SHARE && length > 0) break;
  }
  return chosen ?? { blocks: [], headLines: [], isPaywalled: false };
}

/** A page that is one preformatted text carries an agency's report as it was sent. */
function splitSoleText(blocks: readonly Block[]): readonly Block[] {
  const [sole] = blocks;
  if (blocks.length !== 1 || sole?.kind !== 'pre') return blocks;
  return splitParagraphs(sole.text, isMetaLine).map(paragraphBlock);
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}

function buildArticle(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  body: CleanBlocks,
  options: PageOptions,
): ExtractedArticle {
  const opening = openingHeadline(body.blocks);
  const visible = readHead(body.headLines, page.title === '' ? opening : page.title);
  const leads = body.blocks.slice(0, LEAD_BLOCKS).map((block) => block.text.slice(0, LONGEST_LEAD));
  const fields = readFields(page, jsonLd, { options, visible, opening, leads });
  const capped = capBlocks(fields.title === opening ? body.blocks.slice(1) : body.blocks);
  const text = joinParagraphs(capped.paragraphs);
  const paywalled = body.isPaywalled || jsonLd?.isFree === false;
  const isShortened = paywalled && text.length < SHORT_TEXT;
  return {
    ...fields,
    dateline: readDateline(text)?.place ?? visible.place,
    text,
    html: renderHtml(capped.blocks),
    paywalled,
    truncated: isShortened || capped.isCut || page.isCut,
  };
}

/** A first line that looks like a headline: the title where nothing else names one. */
function openingHeadline(blocks: readonly Block[]): string | null {
  const [first] = blocks;
  return first !== undefined && blocks.length > 1 && isHeadline(first) ? first.text : null;
}

function capBlocks(blocks: readonly Block[]) {
  const all = paragraphsOf(blocks);
  const texts = all.map((paragraph) => paragraph.text);
  const { paragraphs, isCut } = capParagraphs(texts, MAX_TEXT_BYTES);
  const kept = all
    .slice(0, paragraphs.length)
    .reduce((sum, paragraph) => sum + paragraph.blocks, 0);
  return { paragraphs, isCut, blocks: blocks.slice(0, kept) };
}

function isHeadline(block: Block): boolean {
  if (block.kind === 'row' || block.kind === 'pre') return false;
  return (
    /^h\d$/.test(block.kind) || (block.text.length <= LONGEST_HEADLINE && !endsSentence(block.text))
  );
}
