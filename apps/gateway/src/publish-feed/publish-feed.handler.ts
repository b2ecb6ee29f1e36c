import type { ArticleSearcher } from '../search-articles/search-articles.handler.ts';
import { toArticleSearch } from '../search-articles/to-article-search.ts';
import { type Feed, toFeed } from './feed.ts';
import { type FeedQuery, titleOf, toSearchQuery } from './feed-query.ts';

export interface FeedRequest {
  readonly query: FeedQuery;
  /** Scheme and host under which the gateway was asked. */
  readonly baseUrl: string;
  /** Path and query, as asked. */
  readonly path: string;
}

export class PublishFeedHandler {
  constructor(private readonly searcher: ArticleSearcher) {}

  /** @throws {Problem} for a search that cannot be understood. */
  async handle({ query, baseUrl, path }: FeedRequest): Promise<Feed> {
    const { search } = toArticleSearch(toSearchQuery(query));
    const { hits } = await this.searcher.search(search);
    return toFeed(
      hits.map(({ article }) => article),
      { title: titleOf(query), baseUrl, path, query: path.split('?').slice(1).join('?') },
    );
  }
}
