import { CONSUMER_GROUP, TOPIC } from '@broadsheet/contracts';
import { type BatchResult, kafkaGroup, type RecordBatch } from '@broadsheet/messaging';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ParseArticleHandler } from './parse-article.handler.ts';

@Controller()
export class ParseArticleConsumer {
  constructor(private readonly handler: ParseArticleHandler) {}

  @EventPattern<string>(TOPIC.raw, kafkaGroup(CONSUMER_GROUP.parser))
  onRaw(@Payload() batch: RecordBatch): Promise<BatchResult> {
    return this.handler.handle(batch);
  }
}
