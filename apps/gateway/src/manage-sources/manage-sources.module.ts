import { randomUUID } from 'node:crypto';
import { SourceRepository } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ManageSourcesController } from './manage-sources.controller.ts';
import { ManageSourcesHandler, type SourceStore } from './manage-sources.handler.ts';

/** The routes of sources on the SourceRepository that `adapters` exports. */
@Module({ controllers: [ManageSourcesController] })
export class ManageSourcesModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: ManageSourcesModule,
      imports: [adapters],
      providers: [
        {
          provide: ManageSourcesHandler,
          inject: [SourceRepository],
          useFactory: (store: SourceStore) =>
            new ManageSourcesHandler(store, () => new Date(), randomUUID),
        },
      ],
    };
  }
}
