import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { probeKafka, readMetadataResponse } from './kafka-probe.ts';

function text(value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeInt16BE(value.length);
  return Buffer.concat([length, Buffer.from(value)]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function metadataResponse(clusterId: string): Buffer {
  const noRack = Buffer.from([0xff, 0xff]);
  const broker = [int32(1), text('localhost'), int32(9092), noRack];
  return Buffer.concat([int32(7), int32(0), int32(1), ...broker, text(clusterId), int32(1)]);
}

describe('readMetadataResponse', () => {
  it('reads the cluster and the number of its brokers', () => {
    expect(readMetadataResponse(metadataResponse('abc'))).toEqual({
      clusterId: 'abc',
      brokerCount: 1,
    });
  });

  it('takes a response that ends too early for none', () => {
    const response = metadataResponse('a-cluster');
    for (let length = 0; length < response.indexOf('a-cluster') + 8; length += 1) {
      const view = readMetadataResponse(response.subarray(0, length));
      expect(view?.clusterId).not.toBe('a-cluster');
    }
  });
});

describe('probeKafka', () => {
  let server: Server | undefined;

  afterEach(() => server?.close());

  function serve(answer: (bytes: Buffer) => Buffer | null): Promise<number> {
    return new Promise((resolve) => {
      server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.on('data', (bytes) => {
          const response = answer(bytes);
          if (response) socket.write(response);
        });
      });
      server.listen(0, '127.0.0.1', () => {
        const address = server?.address();
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
  }

  it('asks a broker for its cluster', async () => {
    const response = metadataResponse('abc');
    const port = await serve(() => Buffer.concat([int32(response.length), response]));
    expect(await probeKafka(port, 1_000)).toEqual({ clusterId: 'abc', brokerCount: 1 });
  });

  it('gives up on a port that accepts and says nothing', async () => {
    const port = await serve(() => null);
    expect(await probeKafka(port, 50)).toBeNull();
  });

  it('gives up on something that is no broker', async () => {
    const port = await serve(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await probeKafka(port, 100)).toBeNull();
  });

  it('takes a closed port for an absent broker', async () => {
    const port = await serve(() => null);
    await new Promise((resolve) => server?.close(resolve));
    expect(await probeKafka(port, 1_000)).toBeNull();
  });
});
