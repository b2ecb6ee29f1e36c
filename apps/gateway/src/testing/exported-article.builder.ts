import type { StoredArticle } from '@broadsheet/persistence';
import type { ExportedArticle } from '../export-articles/exported-article.ts';
import { toArticleView } from '../search-articles/article-view.ts';

/** As the store composes it. */
export function exportedArticle(article: StoredArticle): ExportedArticle {
  return { ...toArticleView(article), fetchedAt: article.version.fetchedAt };
}

export function exportedLines(articles: readonly StoredArticle[]): Buffer {
  return Buffer.from(articles.map((one) => `${JSON.stringify(exportedArticle(one))}\n`).join(''));
}
