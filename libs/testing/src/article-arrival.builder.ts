import type { ParsedArticle } from '@broadsheet/contracts';
import type { ArticleArrival } from '@broadsheet/persistence';
import { parsedArticle } from './parsed-article.builder.ts';

let lastOffset = 0;

/** An arrival with a cause of its own, fetched at an hour of 1 May 2026 (default: 1). */
export function articleArrival(
  given: Partial<ParsedArticle> & { readonly hour?: number } = {},
): ArticleArrival {
  const { hour = 1, ...fields } = given;
  lastOffset += 1;
  const fetchedAt = new Date(Date.UTC(2026, 4, 1, hour)).toISOString();
  const article = parsedArticle({
    version: { fetchedAt, appendedAt: fetchedAt, parserGeneration: 1 },
    causedBy: { topic: 'articles.raw', partition: 0, offset: String(lastOffset) },
    ...fields,
  });
  const { title, description, text } = article;
  return { article, search: { title, description: description ?? '', body: text } };
}
