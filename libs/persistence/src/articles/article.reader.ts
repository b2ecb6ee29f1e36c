import type { Pool } from 'pg';
import type { ArticleSearch, SearchPage } from '../search/article-search.ts';
import type { ArticleRevision, RevisionSummary, StoredArticle } from './stored-article.ts';

/** Reads articles. Every method throws DatabaseUnavailable or QueryTimedOut when it cannot answer. */
export class ArticleReader {
  constructor(private readonly pool: Pool) {}

  search(_search: ArticleSearch): Promise<SearchPage> {
    return Promise.reject(new Error('not built yet'));
  }

  /** By article id or by the id of any address of it. */
  findById(_id: string): Promise<StoredArticle | null> {
    return Promise.reject(new Error('not built yet'));
  }

  /** The ids under which an article's trail is written: its own and those of its addresses. */
  subjectsOf(_id: string): Promise<readonly string[]> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Newest first; empty where there is no such article. */
  revisions(_id: string): Promise<readonly RevisionSummary[]> {
    return Promise.reject(new Error('not built yet'));
  }

  revision(_id: string, _revision: number): Promise<ArticleRevision | null> {
    return Promise.reject(new Error(`not built yet ${String(this.pool.totalCount)}`));
  }
}
