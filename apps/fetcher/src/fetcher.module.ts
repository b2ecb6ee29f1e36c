import { randomBytes } from 'node:crypto';
import { HttpClient } from '@broadsheet/http-client';
import { KafkaLogProducer, type LogProducer } from '@broadsheet/messaging';
import { FetchQueueRepository, type FetchTurn, type Pool } from '@broadsheet/persistence';
import { DATABASE_POOL, withLogContext } from '@broadsheet/platform';
import { type DynamicModule, Logger, Module, type Provider } from '@nestjs/common';
import { FetchPageHandler } from './fetch-pages/fetch-page.handler.ts';
import { type FetcherSettings, userAgentOf } from './fetcher.settings.ts';
import { PollSourceHandler } from './poll-sources/poll-source.handler.ts';
import { FetchingLifecycle } from './work-turns/fetching.lifecycle.ts';
import type { Surroundings } from './work-turns/surroundings.ts';
import { TurnLoop } from './work-turns/turn-loop.ts';

const edges = (settings: FetcherSettings): Provider[] => [
  {
    provide: HttpClient,
    useFactory: () =>
      new HttpClient({
        userAgent: userAgentOf(settings.FETCH_CONTACT),
        privateAccess: settings.FETCH_ALLOW_PRIVATE,
      }),
  },
  {
    provide: FetchQueueRepository,
    inject: [DATABASE_POOL],
    useFactory: (pool: Pool) => new FetchQueueRepository(pool),
  },
];

const useCases = (surroundings: Surroundings): Provider[] => [
  {
    provide: PollSourceHandler,
    inject: [HttpClient, FetchQueueRepository],
    useFactory: (client: HttpClient, queue: FetchQueueRepository) =>
      new PollSourceHandler(client, queue, surroundings),
  },
  {
    provide: FetchPageHandler,
    inject: [HttpClient, KafkaLogProducer, FetchQueueRepository],
    useFactory: (client: HttpClient, producer: LogProducer, queue: FetchQueueRepository) =>
      new FetchPageHandler(client, producer, queue, surroundings),
  },
];

function turnLoop(settings: FetcherSettings, logger: Logger): Provider {
  return {
    provide: TurnLoop,
    inject: [FetchQueueRepository, PollSourceHandler, FetchPageHandler],
    useFactory: (queue: FetchQueueRepository, polls: PollSourceHandler, pages: FetchPageHandler) =>
      new TurnLoop(queue, {
        concurrency: settings.FETCH_CONCURRENCY,
        nowMs: Date.now,
        work: (turn, signal) => workTurn(turn, polls, pages, signal),
        onTrouble: (error) => logger.warn({ msg: 'a turn was not finished', err: error }),
      }),
  };
}

function workTurn(
  turn: FetchTurn,
  polls: PollSourceHandler,
  pages: FetchPageHandler,
  signal: AbortSignal,
): Promise<void> {
  if (turn.kind === 'poll') return polls.handle(turn, turn.poll, signal);
  const { page } = turn;
  return withLogContext({ articleId: page.addressId }, () => pages.handle(turn, page, signal));
}

/** Not sampled: whoever traces decides that. */
function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

@Module({})
export class FetcherModule {
  static forSettings(settings: FetcherSettings): DynamicModule {
    const surroundings: Surroundings = {
      nowMs: Date.now,
      random: Math.random,
      newTraceparent,
      hostDelayMs: settings.FETCH_HOST_DELAY_MS,
    };
    const loop = turnLoop(settings, new Logger('Fetching'));
    return {
      module: FetcherModule,
      providers: [...edges(settings), ...useCases(surroundings), loop, FetchingLifecycle],
    };
  }
}
