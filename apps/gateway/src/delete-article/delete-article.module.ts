import { setTimeout as delay } from 'node:timers/promises';
import { DeletionRepository } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { DeleteArticleController } from './delete-article.controller.ts';
import { DeleteArticleHandler } from './delete-article.handler.ts';
import type { DeletionOrders } from './delete-article.port.ts';

/** The deletion of articles on the DeletionRepository that `adapters` exports. */
@Module({ controllers: [DeleteArticleController] })
export class DeleteArticleModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: DeleteArticleModule,
      imports: [adapters],
      providers: [
        {
          provide: DeleteArticleHandler,
          inject: [DeletionRepository],
          useFactory: (orders: DeletionOrders) =>
            new DeleteArticleHandler(orders, (durationMs) => delay(durationMs)),
        },
      ],
    };
  }
}
