import { ByteWriter } from './byte-writer.ts';
import {
  type BatchCodec,
  type EncodableRecord,
  encodeRecordBatch,
} from './record-batch.encoder.ts';

/** What goes to one broker in one request, in the terms of kafkajs. */
export interface ProduceRequest {
  readonly acks: number;
  /** Milliseconds that the broker may take. */
  readonly timeout: number;
  readonly transactionalId?: string | null;
  /** A number of kafkajs' own kind; -1 without idempotence. */
  readonly producerId?: { toString(): string };
  readonly producerEpoch?: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly messages: readonly EncodableRecord[];
      readonly firstSequence?: number;
    }[];
  }[];
}

/** The body of a Produce request, versions 3 to 7, in parts: whoever sends it puts them together once. */
export async function encodeProduceRequest(
  request: ProduceRequest,
  codec: BatchCodec | null,
  nowMs: number,
): Promise<readonly Buffer[]> {
  const { acks, timeout, transactionalId = null, topicData } = request;
  const parts = [
    written(textBytes(transactionalId) + 10, (writer) => {
      writer.writeString(transactionalId);
      writer.writeInt16(acks);
      writer.writeInt32(timeout);
      writer.writeInt32(topicData.length);
    }),
  ];
  for (const { topic, partitions } of topicData) {
    parts.push(
      written(textBytes(topic) + 4, (writer) => {
        writer.writeString(topic);
        writer.writeInt32(partitions.length);
      }),
    );
    for (const { partition, messages, firstSequence = 0 } of partitions) {
      const origin = {
        producerId: BigInt(request.producerId?.toString() ?? -1),
        producerEpoch: request.producerEpoch ?? 0,
        firstSequence,
        isTransactional: transactionalId !== null,
      };
      const [header, body] = await encodeRecordBatch(messages, origin, codec, nowMs);
      const place = written(8, (writer) => {
        writer.writeInt32(partition);
        writer.writeInt32(header.length + body.length);
      });
      parts.push(place, header, body);
    }
  }
  return parts;
}

function textBytes(text: string | null): number {
  return 2 + (text === null ? 0 : Buffer.byteLength(text));
}

function written(bytes: number, write: (writer: ByteWriter) => void): Buffer {
  const writer = new ByteWriter(Buffer.allocUnsafe(bytes));
  write(writer);
  return writer.bytes;
}
