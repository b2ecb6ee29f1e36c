import { fieldsHash } from '@broadsheet/article';
import type { ParsedArticle } from '@broadsheet/contracts';

/**
 * Over the fields whose change makes an arrival `refreshed`. Two addresses of one canonical page are no
 * change, and neither is another way to the same values (`provenance`).
 */
export function fieldsHashOf(article: ParsedArticle): string {
  const {
    id: _id,
    addresses: _addresses,
    version: _version,
    causedBy: _causedBy,
    title: _title,
    text: _text,
    contentHash: _contentHash,
    provenance: _provenance,
    url,
    canonicalUrl,
    ...fields
  } = article;
  return fieldsHash({ ...fields, address: canonicalUrl ?? url });
}
