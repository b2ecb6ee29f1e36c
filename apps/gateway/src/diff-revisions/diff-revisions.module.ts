import { ArticleReader, DeletionRepository } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { ArticleGraves } from '../delete-article/delete-article.port.ts';
import { DiffRevisionsController } from './diff-revisions.controller.ts';
import { DiffRevisionsHandler, type RevisionFinder } from './diff-revisions.handler.ts';

/** The comparison of revisions on what `adapters` exports. */
@Module({ controllers: [DiffRevisionsController] })
export class DiffRevisionsModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: DiffRevisionsModule,
      imports: [adapters],
      providers: [
        {
          provide: DiffRevisionsHandler,
          inject: [ArticleReader, DeletionRepository],
          useFactory: (finder: RevisionFinder, graves: ArticleGraves) =>
            new DiffRevisionsHandler(finder, graves),
        },
      ],
    };
  }
}
