import { Readable } from 'node:stream';
import type { SiteAnswer } from './site-answer.ts';

/** Sends bytes for ever, one piece per interval, until the client goes. */
export function endlessAnswer(piece: Buffer, intervalMs: number): SiteAnswer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const timer = setInterval(() => response.write(piece), intervalMs);
    response.on('close', () => clearInterval(timer));
  };
}

/** Sends a piece again and again, as fast as the client takes it, until the client goes. */
export function floodingAnswer(
  piece: Buffer,
  headers: Readonly<Record<string, string>>,
): SiteAnswer {
  return (_request, response) => {
    response.writeHead(200, headers);
    endless(piece).pipe(response);
  };
}

/** Bytes in place of an HTTP response, and the end of the connection. */
export function rawAnswer(bytes: string | Buffer): SiteAnswer {
  return (request) => {
    request.socket.end(bytes);
  };
}

/** A status line, then header fields that never end. */
export function headerFloodAnswer(): SiteAnswer {
  return (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n');
    endless(Buffer.from(`x-flood: ${'y'.repeat(1_000)}\r\n`)).pipe(request.socket);
  };
}

/** Headers at once, and never a body. */
export function silentAnswer(): SiteAnswer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': '100' });
    response.flushHeaders();
  };
}

function endless(piece: Buffer): Readable {
  return new Readable({
    read() {
      this.push(piece);
    },
  });
}
