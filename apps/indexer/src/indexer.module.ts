import type { ArticleIndexed } from '@broadsheet/contracts';
import { KafkaLogProducer, type LogProducer } from '@broadsheet/messaging';
import {
  ArticleWriter,
  DeletionRepository,
  type Pool,
  StoryGatherer,
  TrailWriter,
} from '@broadsheet/persistence';
import { DATABASE_POOL, traceIdOf, withLogContext } from '@broadsheet/platform';
import { Logger, Module } from '@nestjs/common';
import { CarryOutDeletionsHandler } from './carry-out-deletions/carry-out-deletions.handler.ts';
import { DeletionLifecycle } from './carry-out-deletions/deletion.lifecycle.ts';
import { GatherStoriesLifecycle } from './gather-stories/gather-stories.lifecycle.ts';
import { IndexArticlesConsumer } from './index-articles/index-articles.consumer.ts';
import { IndexArticlesHandler } from './index-articles/index-articles.handler.ts';
import { RecordTrailConsumer } from './record-trail/record-trail.consumer.ts';
import { RecordTrailHandler } from './record-trail/record-trail.handler.ts';

const logger = new Logger('IndexArticles');

function logIndexed({ articleId, kind, revision }: ArticleIndexed, traceparent: string | null) {
  const traceId = traceIdOf(traceparent);
  withLogContext({ articleId, ...(traceId === null ? {} : { traceId }) }, () =>
    logger.debug({ msg: 'indexed', kind, revision }),
  );
}

@Module({
  controllers: [IndexArticlesConsumer, RecordTrailConsumer],
  providers: [
    {
      provide: IndexArticlesHandler,
      inject: [DATABASE_POOL, KafkaLogProducer],
      useFactory: (pool: Pool, producer: LogProducer) =>
        new IndexArticlesHandler(new ArticleWriter(pool), producer, logIndexed),
    },
    {
      provide: DeletionLifecycle,
      inject: [DATABASE_POOL, KafkaLogProducer],
      useFactory: (pool: Pool, producer: LogProducer) =>
        new DeletionLifecycle(
          new CarryOutDeletionsHandler(new DeletionRepository(pool), producer),
          new Logger('CarryOutDeletions'),
        ),
    },
    {
      provide: GatherStoriesLifecycle,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) =>
        new GatherStoriesLifecycle(new StoryGatherer(pool), new Logger('GatherStories')),
    },
    {
      provide: RecordTrailHandler,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new RecordTrailHandler(new TrailWriter(pool)),
    },
  ],
})
export class IndexerModule {}
