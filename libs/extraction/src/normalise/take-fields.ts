import { capParagraphs, MAX_TEXT_BYTES, PARAGRAPH_BORDER } from '../emission/cap-text.ts';
import { escapeHtml } from '../emission/escape-html.ts';
import { isRenderedHtml } from '../emission/is-rendered-html.ts';
import type { ExtractedArticle, ExtractedImage } from '../extracted-article.ts';
import type { Extraction } from '../extraction.ts';
import type { Provenance } from './choose-language.ts';

/** What was found in an article before; its text comes beside it. */
export interface KnownFields extends Omit<
  ExtractedArticle,
  'text' | 'image' | 'declaredLanguage' | 'siteName' | 'provenance'
> {
  readonly image:
    { readonly [Field in keyof ExtractedImage]: ExtractedImage[Field] | undefined } | null;
  readonly language: string | null;
  readonly provenance: Readonly<Record<string, Provenance>>;
}

/** Takes fields as they are. Only HTML as it is written here may go on: it has come from outside. */
export function takeFields(text: string, known: KnownFields): Extraction {
  if (text.trim() === '') return { kind: 'rejected', code: 'TOO_SHORT', detail: 'no text' };
  const { paragraphs, isCut } = capParagraphs(text.split(PARAGRAPH_BORDER), MAX_TEXT_BYTES);
  const { language, provenance, ...fields } = known;
  const { language: _language, ...others } = provenance;
  const article = {
    ...fields,
    image: fields.image as ExtractedImage | null,
    text: isCut ? paragraphs.join(PARAGRAPH_BORDER) : text,
    html: !isCut && isRenderedHtml(fields.html) ? fields.html : paragraphHtml(paragraphs),
    truncated: fields.truncated || isCut,
    declaredLanguage: language,
    siteName: null,
    provenance: others as ExtractedArticle['provenance'],
  };
  return { kind: 'article', article };
}

function paragraphHtml(paragraphs: readonly string[]): string {
  return paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
}
