import { CONSUMER_GROUP, TOPIC } from '@broadsheet/contracts';
import { KafkaLogAdmin, KafkaLogProducer } from '@broadsheet/messaging';
import {
  ArticleExporter,
  ArticleReader,
  ChangeListener,
  type ChangeObserver,
  ChangeReader,
  DeletionRepository,
  HubCallbackRepository,
  type Pool,
  SourceRepository,
  StoryReader,
  TrailReader,
} from '@broadsheet/persistence';
import { DATABASE_POOL } from '@broadsheet/platform';
import { Module } from '@nestjs/common';
import { CHANGE_SOURCE, HEAR_CHANGES } from './follow-changes/follow-changes.tokens.ts';
import { LAG_PROBE, PUSH_LOG } from './gateway.module.ts';
import type { LagProbe } from './push-article/ingest-gate.ts';

/** The groups that stand between a push and a searchable article. */
const PIPELINE = [
  { groupId: CONSUMER_GROUP.parser, topics: [TOPIC.raw] },
  { groupId: CONSUMER_GROUP.indexer, topics: [TOPIC.parsed] },
] as const;

function probeLag(admin: KafkaLogAdmin): LagProbe {
  return async () => {
    const lags = await Promise.all(
      PIPELINE.map(({ groupId, topics }) => admin.lag(groupId, topics)),
    );
    return Math.max(...lags.map(({ seconds }) => seconds));
  };
}

/** Kafka and Postgres behind the ports of the gateway. */
@Module({
  providers: [
    { provide: PUSH_LOG, useExisting: KafkaLogProducer },
    { provide: LAG_PROBE, inject: [KafkaLogAdmin], useFactory: probeLag },
    {
      provide: ArticleReader,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new ArticleReader(pool),
    },
    {
      provide: ArticleExporter,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new ArticleExporter(pool),
    },
    {
      provide: TrailReader,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new TrailReader(pool),
    },
    {
      provide: SourceRepository,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new SourceRepository(pool),
    },
    {
      provide: DeletionRepository,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new DeletionRepository(pool),
    },
    {
      provide: StoryReader,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new StoryReader(pool),
    },
    {
      provide: HubCallbackRepository,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new HubCallbackRepository(pool),
    },
    {
      provide: CHANGE_SOURCE,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new ChangeReader(pool),
    },
    {
      provide: HEAR_CHANGES,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => (observer: ChangeObserver) => new ChangeListener(pool, observer),
    },
  ],
  exports: [
    PUSH_LOG,
    LAG_PROBE,
    CHANGE_SOURCE,
    HEAR_CHANGES,
    ArticleExporter,
    ArticleReader,
    TrailReader,
    SourceRepository,
    DeletionRepository,
    StoryReader,
    HubCallbackRepository,
  ],
})
export class GatewayAdaptersModule {}
