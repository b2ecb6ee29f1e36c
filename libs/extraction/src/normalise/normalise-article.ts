import {
  addressId,
  chooseArticleId,
  contentHash,
  contentId,
  registrableDomain,
  type ArticleAddress,
  type ArticleIdentity,
} from '@broadsheet/article';
import { countWords, decodeBytes, type DecodedText } from '@broadsheet/text';
import type { BodyRecorder } from '../body-recorder.ts';
import { extractPage } from '../extract-page.ts';
import { extractPlainText } from '../extract-plain-text.ts';
import type { ExtractedArticle, ExtractedImage } from '../extracted-article.ts';
import type { Extraction, ExtractionHints, PageOptions } from '../extraction.ts';
import { type KnownFields, takeFields } from './take-fields.ts';
import { chooseLanguage, type DeclaredLanguage, type Provenance } from './choose-language.ts';

/** An article as it was pushed, whichever way. */
export interface ArticleInput {
  readonly url: string | null;
  /** A string where it came decoded. */
  readonly body: Uint8Array | string;
  /** `text/plain` is read as a text, anything else as a page. */
  readonly mediaType: string;
  /** As declared beside the body. */
  readonly charset: string | null;
  readonly hints: ExtractionHints;
  /** What was found before; null where that is still to be done. */
  readonly fields?: KnownFields | null;
}

/** Everything that the input alone says of its article. */
export interface NormalArticle extends Omit<
  ExtractedArticle,
  | 'authors'
  | 'categories'
  | 'keywords'
  | 'image'
  | 'canonicalUrl'
  | 'declaredLanguage'
  | 'siteName'
  | 'provenance'
> {
  readonly id: string;
  readonly addresses: ArticleAddress[];
  readonly url: string | null;
  readonly canonicalUrl: string | null;
  readonly site: string | null;
  readonly authors: string[];
  readonly categories: string[];
  readonly keywords: string[];
  readonly image: ExtractedImage | null;
  readonly language: string | null;
  readonly wordCount: number;
  readonly contentHash: string;
  readonly provenance: Record<string, Provenance>;
}

export interface Normalised {
  /** How the bytes were read; null where they came as text. */
  readonly charset: Omit<DecodedText, 'text'> | null;
  /** The id with which the push of this input was answered. */
  readonly answeredId: string;
  readonly outcome:
    | { readonly kind: 'article'; readonly article: NormalArticle }
    | Extract<Extraction, { kind: 'rejected' }>;
}

/**
 * The whole way from an input to its article, without effects: decode, extract, name, count.
 * No date later than a day after `fetchedAt` (ISO 8601) is believed; a recorder notes how the body
 * of a page was found.
 */
export function normaliseArticle(
  input: ArticleInput,
  fetchedAt: string,
  recorder: BodyRecorder | null = null,
): Normalised {
  const { text, charset } = decode(input);
  const outcome = extract(input, text, { fetchedAt, recorder });
  const pushedId = input.url === null ? null : addressId(input.url);
  if (outcome.kind === 'rejected') {
    return { charset, outcome, answeredId: pushedId ?? contentId(text) };
  }
  const { canonicalUrl } = outcome.article;
  const identity = chooseArticleId({ pushedUrl: input.url, canonicalUrl, text });
  const language = languageOf(input, outcome.article);
  const article = buildArticle(outcome.article, language, identity);
  // Without an address of its own the last one is that of the content: see chooseArticleId.
  const answeredId = pushedId ?? identity.addresses.at(-1)?.addressId ?? identity.id;
  return { charset, outcome: { kind: 'article', article }, answeredId };
}

function decode({ body, charset, mediaType }: ArticleInput): {
  readonly text: string;
  readonly charset: Normalised['charset'];
} {
  if (typeof body === 'string') return { text: body, charset: null };
  const kind = mediaType === 'text/plain' ? 'text' : 'html';
  const { text, ...choice } = decodeBytes(body, { charset, kind });
  return { text, charset: choice };
}

function extract(
  { mediaType, url, hints, fields }: ArticleInput,
  text: string,
  reading: Pick<PageOptions, 'fetchedAt' | 'recorder'>,
): Extraction {
  if (fields) return takeFields(text, fields);
  return mediaType === 'text/plain'
    ? extractPlainText(text, { hints, fetchedAt: reading.fetchedAt })
    : extractPage(text, { url, hints, ...reading });
}

type ChosenLanguage = ReturnType<typeof chooseLanguage>;

/** What was found before says it; null there means that none could be told. */
function languageOf({ fields }: ArticleInput, extracted: ExtractedArticle): ChosenLanguage {
  if (!fields) return chooseLanguage(extracted.text, declaredBy(extracted));
  return { language: fields.language, provenance: fields.provenance['language'] ?? null };
}

function buildArticle(
  extracted: ExtractedArticle,
  { language, provenance }: ChosenLanguage,
  identity: ArticleIdentity,
): NormalArticle {
  const { canonicalUrl: _guess, declaredLanguage: _tag, siteName: _name, ...fields } = extracted;
  const address = identity.canonicalUrl ?? identity.url;
  return {
    ...fields,
    id: identity.id,
    addresses: [...identity.addresses],
    url: identity.url,
    canonicalUrl: identity.canonicalUrl,
    site: address === null ? null : registrableDomain(address),
    authors: [...fields.authors],
    categories: [...fields.categories],
    keywords: [...fields.keywords],
    language,
    wordCount: countWords(fields.text, language),
    contentHash: contentHash(fields),
    provenance: withLanguage(extracted.provenance, provenance),
  };
}

function declaredBy({ declaredLanguage, provenance }: ExtractedArticle): DeclaredLanguage | null {
  if (declaredLanguage === null) return null;
  return { tag: declaredLanguage, from: provenance['language']?.from ?? 'visible' };
}

function withLanguage(
  extracted: ExtractedArticle['provenance'],
  language: Provenance | null,
): Record<string, Provenance> {
  const { language: _declared, ...others } = extracted;
  const copied = Object.entries(others).map(
    ([field, { from, rivals }]) => [field, { from, rivals: [...rivals] }] as const,
  );
  return { ...Object.fromEntries(copied), ...(language ? { language } : {}) };
}
