import { randomBytes } from 'node:crypto';
import { HttpClient } from '@broadsheet/http-client';
import { type Pool, SubscriptionRepository } from '@broadsheet/persistence';
import { BackgroundLoop, DATABASE_POOL } from '@broadsheet/platform';
import { Logger, type Provider } from '@nestjs/common';
import { DocumentPool } from '../poll-sources/document-pool.ts';
import { FetchJournal } from '../work-turns/fetch-journal.ts';
import type { Surroundings } from '../work-turns/surroundings.ts';
import { hearWork, subscribeWork } from './hub.work.ts';
import { SubscribeHubsHandler } from './subscribe-hubs.handler.ts';

/** Nothing where no hub could call back. */
export function hubs(callbackUrl: string | undefined, surroundings: Surroundings): Provider[] {
  if (callbackUrl === undefined) return [];
  const logger = new Logger('Hubs');
  const newSecret = () => randomBytes(32).toString('hex');
  const onDropped = (error: unknown) => logger.warn({ msg: 'a push was left out', err: error });
  return [
    {
      provide: SubscribeHubsHandler,
      inject: [HttpClient, DATABASE_POOL, DocumentPool, FetchJournal],
      useFactory: (fetcher: HttpClient, pool: Pool, reader: DocumentPool, queue: FetchJournal) => {
        const edges = { fetcher, reader, queue, store: new SubscriptionRepository(pool) };
        const settings = { ...surroundings, callbackUrl, newSecret, onDropped };
        return new SubscribeHubsHandler(edges, settings);
      },
    },
    {
      provide: 'HearHubs',
      inject: [SubscribeHubsHandler],
      useFactory: (handler: SubscribeHubsHandler) => new BackgroundLoop(hearWork(handler), logger),
    },
    {
      provide: 'SubscribeHubs',
      inject: [SubscribeHubsHandler],
      useFactory: (handler: SubscribeHubsHandler) =>
        new BackgroundLoop(subscribeWork(handler), logger),
    },
  ];
}
