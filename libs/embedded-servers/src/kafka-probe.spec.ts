import { once } from 'node:events';
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
    const needed = response.indexOf('a-cluster') + 'a-cluster'.length;
    for (let length = 0; length < needed; length += 1) {
      expect(readMetadataResponse(response.subarray(0, length))).toBeNull();
    }
  });
});

describe('probeKafka', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A server that answers everything with these bytes, or never when there are none. */
  async function serve(...answer: readonly Buffer[]): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => answer.forEach((bytes) => socket.write(bytes)));
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  it('asks a broker for its cluster', async () => {
    const response = metadataResponse('abc');
    const port = await serve(int32(response.length), response);
    expect(await probeKafka(port, 1_000)).toEqual({ clusterId: 'abc', brokerCount: 1 });
  });

  it('gives up on a port that accepts and says nothing', async () => {
    const port = await serve();
    expect(await probeKafka(port, 50)).toBeNull();
  });

  it('gives up on something that is no broker', async () => {
    const port = await serve(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await probeKafka(port, 100)).toBeNull();
  });

  it('takes a closed port for an absent broker', async () => {
    const port = await serve();
    await new Promise((resolve) => servers[0]?.close(resolve));
    expect(await probeKafka(port, 1_000)).toBeNull();
  });
});
