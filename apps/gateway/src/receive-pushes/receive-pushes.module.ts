import { HubCallbackRepository } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ReceivePushController } from './receive-push.controller.ts';
import { type HubMessageStore, ReceivePushHandler } from './receive-push.handler.ts';

/** The callback of hubs on the HubCallbackRepository that `adapters` exports. */
@Module({ controllers: [ReceivePushController] })
export class ReceivePushesModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: ReceivePushesModule,
      imports: [adapters],
      providers: [
        {
          provide: ReceivePushHandler,
          inject: [HubCallbackRepository],
          useFactory: (store: HubMessageStore) => new ReceivePushHandler(store, () => new Date()),
        },
      ],
    };
  }
}
