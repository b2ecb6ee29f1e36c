import { ArticleReader, DeletionRepository, TrailReader } from '@broadsheet/persistence';
import { type DynamicModule, Logger, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { GatewaySettings } from './gateway.settings.ts';
import { GetArticleController } from './get-article/get-article.controller.ts';
import { GetArticleHandler } from './get-article/get-article.handler.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { SchemaPipe } from './http/schema.pipe.ts';
import { ImportArticlesController } from './import-articles/import-articles.controller.ts';
import { BytesInHand } from './push-article/bytes-in-hand.ts';
import { IngestGate, type LagProbe } from './push-article/ingest-gate.ts';
import { PushArticleController } from './push-article/push-article.controller.ts';
import { PushArticleHandler, type PushLog } from './push-article/push-article.handler.ts';
import { PushBatchController } from './push-article/push-batch.controller.ts';
import { SettlePushes } from './push-article/settle-pushes.ts';
import { DeleteArticleModule } from './delete-article/delete-article.module.ts';
import { DiffRevisionsModule } from './diff-revisions/diff-revisions.module.ts';
import { ExplainPageController } from './explain-page/explain-page.controller.ts';
import { ExportArticlesModule } from './export-articles/export-articles.module.ts';
import { FindSimilarModule } from './find-similar/find-similar.module.ts';
import { FollowChangesModule } from './follow-changes/follow-changes.module.ts';
import { ListStoriesModule } from './list-stories/list-stories.module.ts';
import { ManageSourcesModule } from './manage-sources/manage-sources.module.ts';
import { PublishFeedModule } from './publish-feed/publish-feed.module.ts';
import { ReceivePushesModule } from './receive-pushes/receive-pushes.module.ts';
import { SearchArticlesController } from './search-articles/search-articles.controller.ts';
import { SearchArticlesHandler } from './search-articles/search-articles.handler.ts';
import { ShowTrailController } from './show-trail/show-trail.controller.ts';
import { ShowTrailHandler } from './show-trail/show-trail.handler.ts';

/** Injects the PushLog. */
export const PUSH_LOG = Symbol('PUSH_LOG');
/** Injects the LagProbe. */
export const LAG_PROBE = Symbol('LAG_PROBE');

const HANDLERS: readonly Provider[] = [
  {
    provide: SearchArticlesHandler,
    inject: [ArticleReader],
    useFactory: (articles: ArticleReader) => new SearchArticlesHandler(articles),
  },
  {
    provide: GetArticleHandler,
    inject: [ArticleReader, DeletionRepository],
    useFactory: (articles: ArticleReader, deletions: DeletionRepository) =>
      new GetArticleHandler(articles, deletions),
  },
  {
    provide: ShowTrailHandler,
    inject: [ArticleReader, TrailReader],
    useFactory: (articles: ArticleReader, trails: TrailReader) =>
      new ShowTrailHandler(articles, trails),
  },
];

/** The use cases of the gateway on whatever log and store `adapters` exports. */
@Module({
  controllers: [
    PushArticleController,
    PushBatchController,
    ImportArticlesController,
    SearchArticlesController,
    GetArticleController,
    ShowTrailController,
    ExplainPageController,
  ],
})
export class GatewayModule {
  static forService(
    settings: Pick<GatewaySettings, 'PUSH_MAX_LAG_SECONDS'>,
    adapters: Type | DynamicModule,
  ): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        adapters,
        DeleteArticleModule.forService(adapters),
        DiffRevisionsModule.forService(adapters),
        ExportArticlesModule.forService(adapters),
        FindSimilarModule.forService(adapters),
        FollowChangesModule.forService(adapters),
        ListStoriesModule.forService(adapters),
        ManageSourcesModule.forService(adapters),
        PublishFeedModule.forService(adapters),
        ReceivePushesModule.forService(adapters),
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: SchemaPipe },
        ...HANDLERS,
        {
          provide: PushArticleHandler,
          inject: [PUSH_LOG, LAG_PROBE],
          useFactory: (log: PushLog, probe: LagProbe) => {
            const gate = new IngestGate(probe, settings.PUSH_MAX_LAG_SECONDS, () => Date.now());
            return new PushArticleHandler(log, gate, new Logger('Push'), () => new Date());
          },
        },
        { provide: BytesInHand, useFactory: () => new BytesInHand() },
        SettlePushes,
      ],
    };
  }
}
