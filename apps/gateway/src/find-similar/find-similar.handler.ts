import type { SimilarArticle, StoredArticle } from '@broadsheet/persistence';
import type { ArticleGraves } from '../delete-article/delete-article.port.ts';
import { missingArticle } from '../delete-article/missing-article.ts';

/** What looking for similar articles needs of the store; every id may be that of any address. */
export interface SimilarFinder {
  findById(id: string): Promise<StoredArticle | null>;
  similarTo(id: string): Promise<readonly SimilarArticle[]>;
}

export class FindSimilarHandler {
  constructor(
    private readonly finder: SimilarFinder,
    private readonly graves: ArticleGraves,
  ) {}

  /** @throws {Problem} ARTICLE_NOT_FOUND, ARTICLE_DELETED */
  async handle(id: string): Promise<readonly SimilarArticle[]> {
    const similar = await this.finder.similarTo(id);
    if (similar.length > 0 || (await this.finder.findById(id)) !== null) return similar;
    throw await missingArticle(this.graves, id);
  }
}
