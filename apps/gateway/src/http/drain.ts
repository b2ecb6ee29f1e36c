import type { Readable } from 'node:stream';

/** Of a body that nobody wants this much is read and dropped, so that its sender sees the answer. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024;
const MAX_DRAIN_MS = 20_000;

/** A connection closed over unread bytes is reset, and the reset may overtake the answer. */
export async function drain(source: Readable): Promise<void> {
  if (source.readableEnded || source.destroyed) return;
  await new Promise<void>((resolve) => {
    let dropped = 0;
    const timer = setTimeout(resolve, MAX_DRAIN_MS);
    const finish = () => {
      clearTimeout(timer);
      resolve();
    };
    source.on('data', (chunk: Buffer) => {
      dropped += chunk.byteLength;
      if (dropped > MAX_DRAINED_BYTES) finish();
    });
    source.once('end', finish).once('close', finish).once('error', finish);
    source.resume();
  });
}
