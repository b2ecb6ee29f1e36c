import type { StoredArticle } from '@broadsheet/persistence';
import { z } from 'zod';
import { ArticleView, toArticleView } from '../search-articles/article-view.ts';

/** One line of an export in NDJSON: the article, and when it was fetched, which orders its versions. */
export const ExportedArticle = ArticleView.extend({ fetchedAt: z.iso.datetime() }).meta({
  id: 'ExportedArticle',
});
export type ExportedArticle = z.infer<typeof ExportedArticle>;

export function toExportedArticle(article: StoredArticle): ExportedArticle {
  return { ...toArticleView(article), fetchedAt: article.version.fetchedAt };
}
