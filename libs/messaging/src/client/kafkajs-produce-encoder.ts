import { createRequire } from 'node:module';
import { type ProduceRequest, encodeProduceRequest } from '../codecs/produce-request.encoder.ts';
import type { BatchCodec } from '../codecs/record-batch.encoder.ts';
import { replaceKafkajsModule } from './kafkajs-modules.ts';

/** What kafkajs asks of a codec. */
interface KafkajsCodec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
}

/** What kafkajs looks at of its own Encoder when it puts a request's header before the body. */
interface EncodedBody {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

const PRODUCE = 0;
const CODEC_MASK = 0x07;

const require = createRequire(import.meta.url);
const { lookupCodec } = require('kafkajs/src/protocol/message/compression') as {
  readonly lookupCodec: (number: number) => KafkajsCodec | null;
};

function codecOf(number: number): BatchCodec | null {
  if (number === 0) return null;
  const codec = lookupCodec(number);
  if (codec === null) throw new Error(`no codec is registered under ${number}`);
  return { number, compress: (buffer) => codec.compress({ buffer }) };
}

// kafkajs 2.2.4 writes each record, batch, partition and topic into a buffer of its own, which doubles
// and is copied as it grows, and takes the checksum a byte at a time. Ours measures first, copies each
// value once, and what follows the compression is small.
replaceKafkajsModule(
  'protocol/requests/produce/v3/request',
  'protocol/requests/produce/v5/request',
  ({ compression = 0, ...request }: ProduceRequest & { readonly compression?: number }) => ({
    apiKey: PRODUCE,
    apiVersion: 3,
    apiName: 'Produce',
    expectResponse: () => request.acks !== 0,
    encode: async (): Promise<EncodedBody> => {
      const codec = codecOf(compression & CODEC_MASK);
      const buffer = Buffer.concat(await encodeProduceRequest(request, codec, Date.now()));
      return { buf: buffer, buffer };
    },
  }),
);
