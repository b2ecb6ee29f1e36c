import { connect } from 'node:net';

/** What a broker says about the cluster it belongs to. */
export interface KafkaClusterView {
  readonly clusterId: string | null;
  readonly brokerCount: number;
}

const METADATA_KEY = 3;
const METADATA_VERSION = 4;
const MAX_RESPONSE_BYTES = 1024 * 1024;

/**
 * One Metadata request (v4, https://kafka.apache.org/protocol), without a client library. Null when nothing
 * answers in time: an open port alone says little, a broker accepts connections before it can serve.
 */
export function probeKafka(port: number, timeoutMs: number): Promise<KafkaClusterView | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let received = Buffer.alloc(0);
    const finish = (view: KafkaClusterView | null): void => {
      socket.destroy();
      resolve(view);
    };
    socket.setTimeout(timeoutMs, () => finish(null));
    socket.once('error', () => finish(null));
    socket.once('close', () => finish(null));
    socket.once('connect', () => socket.write(metadataRequest()));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length > MAX_RESPONSE_BYTES) return finish(null);
      if (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        finish(readMetadataResponse(received.subarray(4)));
      }
    });
  });
}

function metadataRequest(): Buffer {
  const clientId = Buffer.from('broadsheet-probe');
  const body = Buffer.alloc(10 + clientId.length + 5);
  body.writeInt16BE(METADATA_KEY, 0);
  body.writeInt16BE(METADATA_VERSION, 2);
  body.writeInt32BE(1, 4);
  body.writeInt16BE(clientId.length, 8);
  clientId.copy(body, 10);
  // What follows is an empty list of topics and allow_auto_topic_creation = false: all zeros.
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length, 0);
  return Buffer.concat([size, body]);
}

/** `response` begins with the correlation id. Null when it is not a Metadata v4 response. */
export function readMetadataResponse(response: Buffer): KafkaClusterView | null {
  try {
    const reader = new FieldReader(response);
    reader.int32(); // correlation id
    reader.int32(); // throttle time
    const brokerCount = reader.int32();
    for (let index = 0; index < brokerCount; index += 1) {
      reader.int32(); // node id
      reader.nullableString(); // host
      reader.int32(); // port
      reader.nullableString(); // rack
    }
    return { clusterId: reader.nullableString(), brokerCount };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads the fields of Kafka's protocol one after the other; a RangeError says that the bytes ended. */
class FieldReader {
  private position = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  int32(): number {
    const value = this.bytes.readInt32BE(this.position);
    this.position += 4;
    return value;
  }

  nullableString(): string | null {
    const length = this.bytes.readInt16BE(this.position);
    this.position += 2;
    if (length < 0) return null;
    const end = this.position + length;
    if (end > this.bytes.length) throw new RangeError('the string ends after the response');
    const value = this.bytes.toString('utf8', this.position, end);
    this.position = end;
    return value;
  }
}
