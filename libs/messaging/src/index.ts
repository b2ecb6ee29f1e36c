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
export { SinkUnavailable } from './messaging.errors.ts';
