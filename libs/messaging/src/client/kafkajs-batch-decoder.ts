import { createRequire } from 'node:module';
import { decodeRecordBatches } from '../codecs/record-batch.decoder.ts';

/** What is used here of kafkajs' Decoder over one fetch response. */
interface ResponseDecoder {
  readInt32(): number;
  canReadBytes(length: number): boolean;
  readBytes(length: number): Buffer;
}

const require = createRequire(import.meta.url);
const decoderPath = require.resolve('kafkajs/src/protocol/requests/fetch/v4/decodeMessages');
const userPath = require.resolve('kafkajs/src/protocol/requests/fetch/v4/response');
if (require.cache[userPath] !== undefined) {
  throw new Error('kafkajs was loaded before its batch decoder could be replaced');
}

// In kafkajs 2.2.4 one batch that cannot be decoded stops the consumer for good, outside the reach of
// any handler, and 120,000 small records or a few thousand headers overflow its stack or its CPU.
// Ours is bounded and reports what it could not read as a range of offsets.
require(decoderPath);
const loaded = require.cache[decoderPath];
if (loaded === undefined) throw new Error('kafkajs keeps its batch decoder elsewhere');
loaded.exports = async (response: ResponseDecoder) => {
  const size = response.readInt32();
  if (size <= 0 || !response.canReadBytes(size)) return [];
  return decodeRecordBatches(response.readBytes(size));
};
