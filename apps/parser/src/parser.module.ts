import { KafkaLogProducer, type LogProducer } from '@broadsheet/messaging';
import { type DynamicModule, Module } from '@nestjs/common';
import { logOutcome } from './parse-article/log-outcome.ts';
import { ParseArticleConsumer } from './parse-article/parse-article.consumer.ts';
import { ParseArticleHandler } from './parse-article/parse-article.handler.ts';
import { PagePoolLifecycle } from './parse-pages/page-pool.lifecycle.ts';
import type { ParserSettings } from './parser.settings.ts';

const clock = () => new Date();

@Module({})
export class ParserModule {
  static forSettings({
    PARSER_WORKERS: workers,
  }: Pick<ParserSettings, 'PARSER_WORKERS'>): DynamicModule {
    return {
      module: ParserModule,
      controllers: [ParseArticleConsumer],
      providers: [
        {
          provide: PagePoolLifecycle,
          useFactory: () => PagePoolLifecycle.withWorkers(workers, clock),
        },
        {
          provide: ParseArticleHandler,
          inject: [KafkaLogProducer, PagePoolLifecycle],
          useFactory: (producer: LogProducer, { pool }: PagePoolLifecycle) =>
            new ParseArticleHandler(producer, { clock, observe: logOutcome, heavy: pool }),
        },
      ],
    };
  }
}
