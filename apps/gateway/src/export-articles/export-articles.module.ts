import { ArticleReader } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { ArticleSearcher } from '../search-articles/search-articles.handler.ts';
import { ExportArticlesController } from './export-articles.controller.ts';
import { ExportArticlesHandler } from './export-articles.handler.ts';

/** Searches as files, on the ArticleReader that `adapters` exports. */
@Module({ controllers: [ExportArticlesController] })
export class ExportArticlesModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: ExportArticlesModule,
      imports: [adapters],
      providers: [
        {
          provide: ExportArticlesHandler,
          inject: [ArticleReader],
          useFactory: (searcher: ArticleSearcher) => new ExportArticlesHandler(searcher),
        },
      ],
    };
  }
}
