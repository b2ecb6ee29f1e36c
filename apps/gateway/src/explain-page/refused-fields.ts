import { ParsedArticle } from '@broadsheet/contracts';
import type { PageFields } from '@broadsheet/extraction';
import type { z } from 'zod';

/** What a page that is no article says of itself: whether it is refused with good reason. */
export const RefusedFields = ParsedArticle.pick({
  title: true,
  description: true,
  authors: true,
  publishedAt: true,
  publishedAtPrecision: true,
  publishedAtOffset: true,
  modifiedAt: true,
  language: true,
  image: true,
  section: true,
  categories: true,
  keywords: true,
  canonicalUrl: true,
  provenance: true,
}).meta({ id: 'RefusedFields' });
type RefusedFields = z.infer<typeof RefusedFields>;

export function showRefused(fields: PageFields): RefusedFields {
  const { declaredLanguage, siteName: _, authors, categories, keywords, ...others } = fields;
  return {
    ...others,
    language: declaredLanguage,
    authors: [...authors],
    categories: [...categories],
    keywords: [...keywords],
    provenance: Object.fromEntries(
      Object.entries(fields.provenance).map(([field, { from, rivals }]) => [
        field,
        { from, rivals: [...rivals] },
      ]),
    ),
  };
}
