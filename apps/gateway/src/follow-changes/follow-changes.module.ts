import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ChangeFeed } from './change-feed.ts';
import type { ChangeSource } from './follow-changes.port.ts';
import { CHANGE_SOURCE, HEAR_CHANGES } from './follow-changes.tokens.ts';
import { type ChangeHearing, HearingLifecycle } from './hearing.lifecycle.ts';
import { ListChangesController } from './list-changes.controller.ts';
import { OpenStreams } from './open-streams.ts';
import { StreamChangesController } from './stream-changes.controller.ts';

const HEARTBEAT_MS = 15_000;
const POLL_MS = 1_000;
const STALL_MS = 30_000;

/** The routes of changes on the CHANGE_SOURCE and HEAR_CHANGES that `adapters` exports. */
@Module({ controllers: [ListChangesController, StreamChangesController] })
export class FollowChangesModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: FollowChangesModule,
      imports: [adapters],
      providers: [
        {
          provide: ChangeFeed,
          inject: [CHANGE_SOURCE],
          useFactory: (source: ChangeSource) =>
            new ChangeFeed(source, { heartbeatMs: HEARTBEAT_MS, pollMs: POLL_MS }),
        },
        { provide: OpenStreams, useFactory: () => new OpenStreams(STALL_MS) },
        {
          provide: HearingLifecycle,
          inject: [HEAR_CHANGES, ChangeFeed],
          useFactory: (hear: (feed: ChangeFeed) => ChangeHearing, feed: ChangeFeed) =>
            new HearingLifecycle(hear(feed)),
        },
      ],
    };
  }
}
