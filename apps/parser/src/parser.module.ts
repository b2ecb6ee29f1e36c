import { KafkaLogProducer, type LogProducer } from '@broadsheet/messaging';
import { Module } from '@nestjs/common';
import { logOutcome } from './parse-article/log-outcome.ts';
import { ParseArticleConsumer } from './parse-article/parse-article.consumer.ts';
import { ParseArticleHandler } from './parse-article/parse-article.handler.ts';

@Module({
  controllers: [ParseArticleConsumer],
  providers: [
    {
      provide: ParseArticleHandler,
      inject: [KafkaLogProducer],
      useFactory: (producer: LogProducer) =>
        new ParseArticleHandler(producer, () => new Date(), logOutcome),
    },
  ],
})
export class ParserModule {}
