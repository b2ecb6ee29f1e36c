import { ArticleExporter } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ExportArticlesController } from './export-articles.controller.ts';
import { ExportArticlesHandler, type MatchSource } from './export-articles.handler.ts';

/** Searches as files, on the ArticleExporter that `adapters` exports. */
@Module({ controllers: [ExportArticlesController] })
export class ExportArticlesModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: ExportArticlesModule,
      imports: [adapters],
      providers: [
        {
          provide: ExportArticlesHandler,
          inject: [ArticleExporter],
          useFactory: (source: MatchSource) => new ExportArticlesHandler(source),
        },
      ],
    };
  }
}
