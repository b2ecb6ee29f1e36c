import { ArticleReader } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { ArticleSearcher } from '../search-articles/search-articles.handler.ts';
import { PublishFeedController } from './publish-feed.controller.ts';
import { PublishFeedHandler } from './publish-feed.handler.ts';

/** Searches as feeds, on the ArticleReader that `adapters` exports. */
@Module({ controllers: [PublishFeedController] })
export class PublishFeedModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: PublishFeedModule,
      imports: [adapters],
      providers: [
        {
          provide: PublishFeedHandler,
          inject: [ArticleReader],
          useFactory: (searcher: ArticleSearcher) => new PublishFeedHandler(searcher),
        },
      ],
    };
  }
}
