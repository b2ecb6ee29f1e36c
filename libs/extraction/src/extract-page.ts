import { breaksOff } from './clean-up/breaks-off.ts';
import { endsSentence } from './clean-up/line-shape.ts';
import { lengthOf, type Block } from './emission/block.ts';
import { capParagraphs, MAX_TEXT_BYTES } from './emission/cap-text.ts';
import { joinParagraphs, paragraphsOf } from './emission/join-text.ts';
import { renderHtml } from './emission/render-html.ts';
import type { ExtractedArticle } from './extracted-article.ts';
import type { Extraction, PageOptions } from './extraction.ts';
import type { PageIdentity } from './metadata/choose-article.ts';
import { readJsonLd, type JsonLdArticle } from './metadata/json-ld.ts';
import { readFields } from './metadata/page-fields.ts';
import { metaOf } from './metadata/page-meta.ts';
import { refuseDocument } from './not-an-article/refuse-document.ts';
import { factsOf, refusePage } from './not-an-article/refuse-page.ts';
import { measure } from './page/choose-container.ts';
import type { PageTree } from './page/page-tree.ts';
import { MarkupTooDeep, readPage } from './page/read-page.ts';
import { readDateline } from './plain-text/dateline.ts';
import { readHead } from './plain-text/read-head.ts';
import { readBody, type PageBody } from './read-body.ts';

/** Some sites show their text by a script, and within `noscript` to those who run none. */
const NOSCRIPT_TAG = /<\/?noscript\s{0,9}>/gi;
const LACK_OF_TEXT: ReadonlySet<string> = new Set(['EMPTY_PAGE', 'TOO_SHORT', 'NOT_AN_ARTICLE']);
const MIN_STORY_PARAGRAPHS = 3;
const MIN_CHARACTERS = 200;
const MIN_BLOCKS = 2;
const LONGEST_HEADLINE = 200;
const SHORT_TEXT = 1_500;
const LEAD_BLOCKS = 2;
const LONGEST_LEAD = 100;

/** Reads an article from the markup of its page, decoded to text. */
export function extractPage(html: string, options: PageOptions): Extraction {
  const document = refuseDocument(html);
  if (document !== null) return { kind: 'rejected', ...document };
  const extraction = extractShown(html, options);
  if (extraction.kind === 'article' || !LACK_OF_TEXT.has(extraction.code)) return extraction;
  const fallback = html.replace(NOSCRIPT_TAG, ' ');
  if (fallback === html) return extraction;
  const found = extractShown(fallback, { ...options, recorder: null });
  // The recorder tells of what is answered.
  return isStory(found) ? extractShown(fallback, options) : extraction;
}

/** A story, and not the line that asks for scripts to be allowed. */
function isStory(extraction: Extraction): boolean {
  return (
    extraction.kind === 'article' &&
    extraction.article.text.split('\n\n').length >= MIN_STORY_PARAGRAPHS
  );
}

function extractShown(html: string, options: PageOptions): Extraction {
  let page: PageTree;
  try {
    page = readPage(html);
  } catch (error) {
    if (!(error instanceof MarkupTooDeep)) throw error;
    return { kind: 'rejected', code: error.code, detail: error.message };
  }
  const jsonLd = readJsonLd(page.jsonLd, identityOf(page, options.url));
  measure(page.root);
  const body = readBody(page, jsonLd, options);
  const refusal = refusePage(factsOf(page, jsonLd, body, options.url)) ?? refuseText(body.blocks);
  if (refusal === null)
    return { kind: 'article', article: buildArticle(page, jsonLd, body, options) };
  options.recorder?.refuse(fieldsOf(page, jsonLd, body, options).fields);
  return { kind: 'rejected', ...refusal };
}

function identityOf({ title, canonicalUrl, meta }: PageTree, url: string | null): PageIdentity {
  return {
    addresses: [url, canonicalUrl, meta.get('og:url')?.[0]],
    titles: [title, meta.get('og:title')?.[0]],
  };
}

function refuseText(blocks: readonly Block[]) {
  const length = lengthOf(blocks);
  if (length === 0) return { code: 'NOT_AN_ARTICLE', detail: 'no text was found' } as const;
  if (blocks.length >= MIN_BLOCKS || length >= MIN_CHARACTERS) return null;
  return { code: 'TOO_SHORT', detail: `one paragraph of ${length} characters` } as const;
}

function buildArticle(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  body: PageBody,
  options: PageOptions,
): ExtractedArticle {
  const { fields, opening, place } = fieldsOf(page, jsonLd, body, options);
  const capped = capBlocks(fields.title === opening ? body.blocks.slice(1) : body.blocks);
  const text = joinParagraphs(capped.paragraphs);
  const paywalled = body.isPaywalled || isSold(page, jsonLd);
  const isShortened = text.length < SHORT_TEXT && (paywalled || breaksOff(text));
  return {
    ...fields,
    dateline: readDateline(text)?.place ?? place,
    text,
    html: renderHtml(capped.blocks),
    paywalled,
    truncated: isShortened || capped.isCut || page.isCut,
  };
}

function isSold(page: PageTree, jsonLd: JsonLdArticle | null): boolean {
  const tier = metaOf(page, 'article:content_tier');
  return jsonLd?.isFree === false || tier?.toLowerCase() === 'locked';
}

function fieldsOf(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { blocks, headLines, container }: PageBody,
  options: PageOptions,
) {
  const opening = openingHeadline(blocks);
  const visible = readHead(headLines, page.title === '' ? opening : page.title);
  const leads = blocks.slice(0, LEAD_BLOCKS).map((block) => block.text.slice(0, LONGEST_LEAD));
  const fields = readFields(page, jsonLd, { options, visible, opening, leads, container });
  return { fields, opening, place: visible.place };
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
