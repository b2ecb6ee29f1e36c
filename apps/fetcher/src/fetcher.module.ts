import { randomBytes } from 'node:crypto';
import { HttpClient, type HttpClientSettings, userAgentOf } from '@broadsheet/http-client';
import { KafkaLogProducer, type LogProducer } from '@broadsheet/messaging';
import {
  FetchQueueRepository,
  RobotsRepository,
  type FetchTurn,
  type Pool,
} from '@broadsheet/persistence';
import { BackgroundLoop, DATABASE_POOL, Metrics, withLogContext } from '@broadsheet/platform';
import { type DynamicModule, Logger, Module, type Provider } from '@nestjs/common';
import { FetchPageHandler } from './fetch-pages/fetch-page.handler.ts';
import type { FetcherSettings } from './fetcher.settings.ts';
import { RobotsGate } from './obey-robots/robots-gate.ts';
import { DocumentPool } from './poll-sources/document-pool.ts';
import { PollSourceHandler } from './poll-sources/poll-source.handler.ts';
import { ReadSitemapHandler } from './read-sitemaps/read-sitemap.handler.ts';
import { FetchJournal } from './work-turns/fetch-journal.ts';
import { FetchingLifecycle } from './work-turns/fetching.lifecycle.ts';
import { forgetPagesWork } from './work-turns/forget-pages.work.ts';
import type { Surroundings } from './work-turns/surroundings.ts';
import { TurnFetcher } from './work-turns/turn-fetcher.ts';
import { TurnLoop } from './work-turns/turn-loop.ts';
import { WorkTurnHandler } from './work-turns/work-turn.handler.ts';
import { hubs } from './subscribe-hubs/hub-providers.ts';

/** How names are looked up, where that is not the system's business. */
type Network = Pick<HttpClientSettings, 'resolve' | 'dnsCacheMs'>;

function createClient(settings: FetcherSettings, network: Network): HttpClient {
  return new HttpClient({
    userAgent: userAgentOf(settings.FETCH_CONTACT),
    privateAccess: settings.FETCH_ALLOW_PRIVATE,
    proxyUrl: settings.FETCH_PROXY_URL,
    http2: settings.FETCH_HTTP2,
    ...network,
  });
}

const edges = (settings: FetcherSettings, network: Network): Provider[] => [
  { provide: HttpClient, useFactory: () => createClient(settings, network) },
  { provide: DocumentPool, useFactory: () => new DocumentPool() },
  {
    provide: FetchQueueRepository,
    inject: [DATABASE_POOL],
    useFactory: (pool: Pool) => new FetchQueueRepository(pool),
  },
  {
    provide: FetchJournal,
    inject: [FetchQueueRepository, Metrics],
    useFactory: (queue: FetchQueueRepository, metrics: Metrics) =>
      new FetchJournal(
        queue,
        metrics.counter({
          name: 'fetcher_turns_total',
          help: 'Polls and pages by what came of them.',
          labelNames: ['work', 'outcome'],
        }),
      ),
  },
  {
    provide: RobotsGate,
    inject: [HttpClient, DATABASE_POOL],
    useFactory: (client: HttpClient, pool: Pool) =>
      new RobotsGate(client, new RobotsRepository(pool), {
        nowMs: Date.now,
        hostDelayMs: settings.FETCH_HOST_DELAY_MS,
        timeoutMs: settings.FETCH_TIMEOUT_MS,
      }),
  },
];

const useCases = (surroundings: Surroundings): Provider[] => [
  {
    provide: TurnFetcher,
    inject: [HttpClient, FetchJournal],
    useFactory: (client: HttpClient, journal: FetchJournal) =>
      new TurnFetcher(client, journal, surroundings),
  },
  {
    provide: PollSourceHandler,
    inject: [TurnFetcher, DocumentPool, FetchJournal],
    useFactory: (fetcher: TurnFetcher, pool: DocumentPool, journal: FetchJournal) =>
      new PollSourceHandler(fetcher, pool, journal, surroundings),
  },
  {
    provide: FetchPageHandler,
    inject: [TurnFetcher, KafkaLogProducer, FetchJournal],
    useFactory: (fetcher: TurnFetcher, producer: LogProducer, journal: FetchJournal) =>
      new FetchPageHandler(fetcher, producer, journal, surroundings),
  },
  {
    provide: ReadSitemapHandler,
    inject: [TurnFetcher, DocumentPool, FetchJournal],
    useFactory: (fetcher: TurnFetcher, pool: DocumentPool, journal: FetchJournal) =>
      new ReadSitemapHandler(fetcher, pool, journal, surroundings),
  },
  {
    provide: WorkTurnHandler,
    inject: [RobotsGate, PollSourceHandler, FetchPageHandler, ReadSitemapHandler, FetchJournal],
    useFactory: (...needs: WorkTurnNeeds) => {
      const [robots, polls, pages, sitemaps, journal] = needs;
      const workers = { polls, pages, sitemaps };
      return new WorkTurnHandler(robots, workers, journal, surroundings.nowMs);
    },
  },
];

type WorkTurnNeeds = [
  RobotsGate,
  PollSourceHandler,
  FetchPageHandler,
  ReadSitemapHandler,
  FetchJournal,
];

function loops(settings: FetcherSettings, logger: Logger): Provider[] {
  return [
    {
      provide: TurnLoop,
      inject: [FetchQueueRepository, WorkTurnHandler],
      useFactory: (queue: FetchQueueRepository, handler: WorkTurnHandler) =>
        new TurnLoop(queue, {
          concurrency: settings.FETCH_CONCURRENCY,
          nowMs: Date.now,
          work: (turn, signal) => workTurn(handler, turn, signal),
          onTrouble: (error) => logger.warn({ msg: 'a turn was not finished', err: error }),
        }),
    },
    {
      provide: 'ForgetPages',
      inject: [FetchQueueRepository],
      useFactory: (queue: FetchQueueRepository) =>
        new BackgroundLoop(forgetPagesWork(queue, Date.now), logger),
    },
  ];
}

function workTurn(handler: WorkTurnHandler, turn: FetchTurn, signal: AbortSignal): Promise<void> {
  if (turn.kind === 'poll') return handler.handle(turn, signal);
  return withLogContext({ articleId: turn.page.addressId }, () => handler.handle(turn, signal));
}

/** Not sampled: whoever traces decides that. */
function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

@Module({})
export class FetcherModule {
  static forSettings(settings: FetcherSettings, network: Network = {}): DynamicModule {
    const surroundings: Surroundings = {
      nowMs: Date.now,
      random: Math.random,
      newTraceparent,
      timeoutMs: settings.FETCH_TIMEOUT_MS,
    };
    return {
      module: FetcherModule,
      providers: [
        ...edges(settings, network),
        ...useCases(surroundings),
        ...loops(settings, new Logger('Fetching')),
        ...hubs(settings.WEBSUB_CALLBACK_URL, surroundings),
        FetchingLifecycle,
      ],
    };
  }
}
