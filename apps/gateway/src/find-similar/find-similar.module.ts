import { ArticleReader, DeletionRepository } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { ArticleGraves } from '../delete-article/delete-article.port.ts';
import { FindSimilarController } from './find-similar.controller.ts';
import { FindSimilarHandler, type SimilarFinder } from './find-similar.handler.ts';

/** The search for similar articles on what `adapters` exports. */
@Module({ controllers: [FindSimilarController] })
export class FindSimilarModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: FindSimilarModule,
      imports: [adapters],
      providers: [
        {
          provide: FindSimilarHandler,
          inject: [ArticleReader, DeletionRepository],
          useFactory: (finder: SimilarFinder, graves: ArticleGraves) =>
            new FindSimilarHandler(finder, graves),
        },
      ],
    };
  }
}
