import { ParsedArticle } from './parsed-article.event.ts';

/**
 * What was found in an article before, such as by the system that exported it. `content` is its text; the
 * fields are taken as they are, and nothing is looked for.
 */
export const ArticleFields = ParsedArticle.pick({
  canonicalUrl: true,
  title: true,
  description: true,
  dateline: true,
  authors: true,
  publishedAt: true,
  publishedAtPrecision: true,
  publishedAtOffset: true,
  modifiedAt: true,
  language: true,
  html: true,
  image: true,
  section: true,
  categories: true,
  keywords: true,
  paywalled: true,
  truncated: true,
  provenance: true,
}).meta({ id: 'ArticleFields' });
export type ArticleFields = ReturnType<typeof ArticleFields.parse>;
