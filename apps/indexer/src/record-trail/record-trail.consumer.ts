import { CONSUMER_GROUP, DEAD_LETTER_TOPICS, TOPIC } from '@broadsheet/contracts';
import { type BatchResult, kafkaGroup, type RecordBatch } from '@broadsheet/messaging';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { RecordTrailHandler } from './record-trail.handler.ts';

@Controller()
export class RecordTrailConsumer {
  constructor(private readonly handler: RecordTrailHandler) {}

  @EventPattern<readonly string[]>(
    [TOPIC.trail, ...DEAD_LETTER_TOPICS],
    kafkaGroup(CONSUMER_GROUP.indexerTrail),
  )
  onStep(@Payload() batch: RecordBatch): Promise<BatchResult> {
    return this.handler.handle(batch);
  }
}
