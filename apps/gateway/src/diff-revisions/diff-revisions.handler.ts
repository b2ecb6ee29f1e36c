import { diffWords, type TextDiff } from '@broadsheet/article';
import type { ArticleRevision, StoredArticle } from '@broadsheet/persistence';
import type { ArticleGraves } from '../delete-article/delete-article.port.ts';
import { missingArticle } from '../delete-article/missing-article.ts';
import { Problem } from '../http/problem.errors.ts';

/** What comparing needs of the store; every id may be that of any address. */
export interface RevisionFinder {
  findById(id: string): Promise<StoredArticle | null>;
  revision(id: string, revision: number): Promise<ArticleRevision | null>;
}

export interface RevisionRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface RevisionDiff {
  readonly articleId: string;
  readonly from: number;
  readonly to: number;
  readonly title: TextDiff;
  readonly text: TextDiff;
}

export class DiffRevisionsHandler {
  constructor(
    private readonly finder: RevisionFinder,
    private readonly graves: ArticleGraves,
  ) {}

  /**
   * Without `to` the current revision, without `from` the one before `to`.
   * @throws {Problem} ARTICLE_NOT_FOUND, ARTICLE_DELETED, REVISION_NOT_FOUND
   */
  async handle(id: string, range: RevisionRange): Promise<RevisionDiff> {
    const article = await this.finder.findById(id);
    if (article === null) throw await missingArticle(this.graves, id);
    const to = range.to ?? article.revision;
    const from = range.from ?? Math.max(1, to - 1);
    const [before, after] = await Promise.all([
      this.revision(article.id, from),
      this.revision(article.id, to),
    ]);
    return {
      articleId: article.id,
      from,
      to,
      title: diffWords(before.title, after.title),
      text: diffWords(before.text, after.text),
    };
  }

  private async revision(id: string, revision: number): Promise<ArticleRevision> {
    const found = await this.finder.revision(id, revision);
    if (found !== null) return found;
    throw new Problem(404, 'REVISION_NOT_FOUND', `the article has no revision ${revision}`);
  }
}
