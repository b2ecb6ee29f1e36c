import { randomUUID } from 'node:crypto';
import { SourceRepository } from '@broadsheet/persistence';
import { SETTINGS } from '@broadsheet/platform';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ManageSourcesController } from './manage-sources.controller.ts';
import { ManageSourcesHandler, type SourceStore } from './manage-sources.handler.ts';
import { PreviewFetcher, type PreviewSettings } from './preview-fetcher.ts';
import { PreviewSourceController } from './preview-source.controller.ts';
import { PreviewSourceHandler } from './preview-source.handler.ts';
import { SourceOpmlController } from './source-opml.controller.ts';
import { SourceOpmlHandler, type SubscriptionStore } from './source-opml.handler.ts';

/** The routes of sources on the SourceRepository that `adapters` exports. */
@Module({ controllers: [PreviewSourceController, SourceOpmlController, ManageSourcesController] })
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
        {
          provide: SourceOpmlHandler,
          inject: [SourceRepository],
          useFactory: (store: SubscriptionStore) =>
            new SourceOpmlHandler(store, () => new Date(), randomUUID),
        },
        {
          provide: PreviewFetcher,
          inject: [SETTINGS],
          useFactory: (settings: PreviewSettings) => new PreviewFetcher(settings),
        },
        {
          provide: PreviewSourceHandler,
          inject: [PreviewFetcher],
          useFactory: (fetcher: PreviewFetcher) => new PreviewSourceHandler(fetcher),
        },
      ],
    };
  }
}
