export type {
  BatchHandler,
  BatchResult,
  ConsumedRecord,
  LogProducer,
  OutgoingRecord,
  RecordBatch,
  RecordFailure,
  RecordPlacement,
  SendOptions,
} from './log.port.ts';
export {
  BatchUndecodable,
  BrokerUnavailable,
  RecordTooLarge,
  SinkUnavailable,
} from './messaging.errors.ts';
export { createKafka, type KafkaClient, type KafkaSettings } from './client/kafka-client.ts';
export type { LogLevel, MessagingLog } from './client/messaging-log.ts';
export {
  KafkaBatchStrategy,
  type KafkaBatchOptions,
  type LagSource,
} from './consume/kafka-batch.strategy.ts';
export { kafkaGroup } from './consume/kafka-group.ts';
export { PassThroughRpcFilter } from './consume/pass-through-rpc.filter.ts';
export type {
  ChunkObservation,
  ConsumerObserver,
  DeadLetterObservation,
} from './consume/consumer-observer.ts';
export {
  consumerLiveness,
  type ConsumerLiveness,
  type ConsumerProgress,
  type ConsumerState,
  type PartitionProgress,
} from './consume/consumer-progress.ts';
export { KafkaLogProducer, type KafkaLogProducerOptions } from './produce/kafka-log.producer.ts';
export { KafkaLogAdmin, type TopicReplication, type TopicReport } from './admin/kafka-log.admin.ts';
export type { TopicDrift } from './admin/topic-drift.ts';
export { readTraceparent } from './traceparent.ts';
export { InMemoryLog } from './in-memory/in-memory-log.ts';
export type { InMemoryConsumer, InMemoryConsumerOptions } from './in-memory/in-memory-consumer.ts';
export type { GroupLag, PartitionLag } from './admin/lag.ts';
