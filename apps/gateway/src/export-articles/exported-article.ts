import { z } from 'zod';
import { ArticleView } from '../search-articles/article-view.ts';

/** One line of an export in NDJSON: the article, and when it was fetched, which orders its versions. */
export const ExportedArticle = ArticleView.extend({ fetchedAt: z.iso.datetime() }).meta({
  id: 'ExportedArticle',
});
export type ExportedArticle = z.infer<typeof ExportedArticle>;
