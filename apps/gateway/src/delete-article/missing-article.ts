import { Problem } from '../http/problem.errors.ts';
import type { ArticleGraves } from './delete-article.port.ts';

/** Why there is no article with this id: it was deleted (410), or never there (404). */
export async function missingArticle(graves: ArticleGraves, id: string): Promise<Problem> {
  return (await graves.stateOf(id)).kind === 'deleted' ? articleDeleted() : articleNotFound();
}

export function articleDeleted(): Problem {
  return new Problem(410, 'ARTICLE_DELETED', 'the article was deleted and does not come back');
}

export function articleNotFound(): Problem {
  return new Problem(404, 'ARTICLE_NOT_FOUND', 'there is no article with this id or address');
}
