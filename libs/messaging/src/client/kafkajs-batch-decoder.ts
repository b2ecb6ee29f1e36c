import { decodeRecordBatches } from '../codecs/record-batch.decoder.ts';
import { replaceKafkajsModule } from './kafkajs-modules.ts';

/** What is used here of kafkajs' Decoder over one fetch response. */
interface ResponseDecoder {
  readInt32(): number;
  canReadBytes(length: number): boolean;
  readBytes(length: number): Buffer;
}

// In kafkajs 2.2.4 one batch that cannot be decoded stops the consumer for good, outside the reach of
// any handler, and 120,000 small records or a few thousand headers overflow its stack or its CPU.
// Ours is bounded and reports what it could not read as a range of offsets.
replaceKafkajsModule(
  'protocol/requests/fetch/v4/decodeMessages',
  'protocol/requests/fetch/v4/response',
  async (response: ResponseDecoder) => {
    const size = response.readInt32();
    if (size <= 0 || !response.canReadBytes(size)) return [];
    return decodeRecordBatches(response.readBytes(size));
  },
);
