import { CONSUMER_GROUP, TOPIC } from '@broadsheet/contracts';
import { type BatchResult, kafkaGroup, type RecordBatch } from '@broadsheet/messaging';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { IndexArticlesHandler } from './index-articles.handler.ts';

@Controller()
export class IndexArticlesConsumer {
  constructor(private readonly handler: IndexArticlesHandler) {}

  @EventPattern<string>(TOPIC.parsed, kafkaGroup(CONSUMER_GROUP.indexer))
  onParsed(@Payload() batch: RecordBatch): Promise<BatchResult> {
    return this.handler.handle(batch);
  }
}
