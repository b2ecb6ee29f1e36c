import { createHash } from 'node:crypto';
import type {
  ArticleRevision,
  ArticleState,
  RevisionSummary,
  StoredArticle,
} from '@broadsheet/persistence';
import type { ArticleGraves } from '../delete-article/delete-article.port.ts';
import { missingArticle } from '../delete-article/missing-article.ts';
import { Problem } from '../http/problem.errors.ts';

/** What reading one article needs of the store; every id may be that of any of its addresses. */
export interface ArticleFinder {
  findById(id: string): Promise<StoredArticle | null>;
  findState(id: string): Promise<ArticleState | null>;
  revisions(id: string): Promise<readonly RevisionSummary[]>;
  revision(id: string, revision: number): Promise<ArticleRevision | null>;
}

export class GetArticleHandler {
  constructor(
    private readonly finder: ArticleFinder,
    private readonly graves: ArticleGraves,
  ) {}

  /** @throws {Problem} ARTICLE_NOT_FOUND, ARTICLE_DELETED */
  async article(id: string): Promise<StoredArticle> {
    const article = await this.finder.findById(id);
    if (article === null) throw await missingArticle(this.graves, id);
    return article;
  }

  /** Null where the article is not, or no longer, as the reader knows it. */
  async unmodified(id: string, ifNoneMatch: string | undefined): Promise<ArticleState | null> {
    if (ifNoneMatch === undefined) return null;
    const state = await this.finder.findState(id);
    return state !== null && isUnmodified(ifNoneMatch, entityTagOf(state)) ? state : null;
  }

  /** Newest first. @throws {Problem} ARTICLE_NOT_FOUND, ARTICLE_DELETED */
  async revisions(id: string): Promise<readonly RevisionSummary[]> {
    const revisions = await this.finder.revisions(id);
    if (revisions.length === 0) throw await missingArticle(this.graves, id);
    return revisions;
  }

  /** @throws {Problem} REVISION_NOT_FOUND, ARTICLE_DELETED */
  async revision(id: string, revision: number): Promise<ArticleRevision> {
    const found = await this.finder.revision(id, revision);
    if (found !== null) return found;
    const missing = await missingArticle(this.graves, id);
    if (missing.status === 410) throw missing;
    throw new Problem(404, 'REVISION_NOT_FOUND', 'there is no such revision of such an article');
  }
}

/** Changes whenever a field of the answer may have changed. */
export function entityTagOf(state: ArticleState): string {
  const { id, revision, duplicateOf, storyId, version, updatedAt } = state;
  const parts = [id, revision, duplicateOf, storyId, updatedAt, ...Object.values(version)];
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}"`;
}

/** If-None-Match by weak comparison (RFC 9110 §13.1.2). */
export function isUnmodified(ifNoneMatch: string | undefined, entityTag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === entityTag);
}
