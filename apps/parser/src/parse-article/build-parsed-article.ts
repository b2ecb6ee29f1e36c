import { contentHash, registrableDomain, type ArticleIdentity } from '@broadsheet/article';
import type { FieldProvenance, ParsedArticle } from '@broadsheet/contracts';
import type { ExtractedArticle } from '@broadsheet/extraction';
import { countWords } from '@broadsheet/text';
import { chooseLanguage, type DeclaredLanguage } from './choose-language.ts';

/** What is known of an arrival beside the extracted fields. */
export type Arrival = Pick<ParsedArticle, 'source' | 'version' | 'causedBy'>;

export function buildParsedArticle(
  extracted: ExtractedArticle,
  identity: ArticleIdentity,
  arrival: Arrival,
): ParsedArticle {
  const {
    canonicalUrl: _guess,
    declaredLanguage: _declared,
    siteName: _name,
    ...fields
  } = extracted;
  const { language, provenance } = chooseLanguage(fields.text, declaredBy(extracted));
  const address = identity.canonicalUrl ?? identity.url;
  return {
    ...fields,
    ...arrival,
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
  language: FieldProvenance | null,
): ParsedArticle['provenance'] {
  const { language: _declared, ...others } = extracted;
  const copied = Object.entries(others).map(
    ([field, { from, rivals }]) => [field, { from, rivals: [...rivals] }] as const,
  );
  return { ...Object.fromEntries(copied), ...(language ? { language } : {}) };
}
