import type { ArticleIndexed } from '@broadsheet/contracts';
import { KafkaLogProducer, type LogProducer } from '@broadsheet/messaging';
import {
  ArticleWriter,
  DeletionRepository,
  type Pool,
  RetentionRepository,
  StoryGatherer,
  TrailWriter,
} from '@broadsheet/persistence';
import {
  BackgroundLoop,
  DATABASE_POOL,
  Metrics,
  traceIdOf,
  withLogContext,
} from '@broadsheet/platform';
import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { CarryOutDeletionsHandler } from './carry-out-deletions/carry-out-deletions.handler.ts';
import { deletionWork } from './carry-out-deletions/deletion.work.ts';
import { ExpireArticlesHandler } from './expire-articles/expire-articles.handler.ts';
import { expiryWork } from './expire-articles/expiry.work.ts';
import { storyWork } from './gather-stories/story.work.ts';
import { IndexArticlesConsumer } from './index-articles/index-articles.consumer.ts';
import { IndexArticlesHandler } from './index-articles/index-articles.handler.ts';
import type { IndexerSettings } from './indexer.settings.ts';
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
      provide: 'CarryOutDeletions',
      inject: [DATABASE_POOL, KafkaLogProducer, Metrics],
      useFactory: (pool: Pool, producer: LogProducer, metrics: Metrics) => {
        const count = metrics.counter({
          name: 'indexer_articles_deleted_total',
          help: 'Articles deleted, by who wanted it: a person or the retention.',
          labelNames: ['reason'],
        });
        const orders = new DeletionRepository(pool);
        const handler = new CarryOutDeletionsHandler(orders, producer, count);
        const report = new Logger('CarryOutDeletions');
        return new BackgroundLoop(deletionWork(handler, report), report);
      },
    },
    {
      provide: 'GatherStories',
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => {
        const work = storyWork(new StoryGatherer(pool), () => performance.now());
        return new BackgroundLoop(work, new Logger('GatherStories'));
      },
    },
    {
      provide: RecordTrailHandler,
      inject: [DATABASE_POOL],
      useFactory: (pool: Pool) => new RecordTrailHandler(new TrailWriter(pool)),
    },
  ],
})
export class IndexerModule {
  static forService(
    settings: Pick<IndexerSettings, 'RETENTION_DAYS' | 'RETENTION_DAYS_BY_SOURCE'>,
  ): DynamicModule {
    const { RETENTION_DAYS: days, RETENTION_DAYS_BY_SOURCE: daysBySource } = settings;
    const rules = { days: days || null, daysBySource };
    return {
      module: IndexerModule,
      providers: [
        {
          provide: 'ExpireArticles',
          inject: [DATABASE_POOL],
          useFactory: (pool: Pool) => {
            const orders = new RetentionRepository(pool);
            const handler = new ExpireArticlesHandler(orders, rules, () => new Date());
            const report = new Logger('ExpireArticles');
            return new BackgroundLoop(expiryWork(handler, report), report);
          },
        },
      ],
    };
  }
}
