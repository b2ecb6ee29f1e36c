import type { IncomingMessage, ServerResponse } from 'node:http';

/** Fixed content; status 200 and no headers where nothing else is said. */
export interface SiteReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What a site says to a request: fixed content, or whatever it wants to do to the response. */
export type SiteAnswer = SiteReply | ((request: IncomingMessage, response: ServerResponse) => void);

/** Says it; resolves with the status, 0 where the answer does as it likes. */
export function giveAnswer(
  answer: SiteAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): number {
  if (typeof answer === 'function') {
    // Whoever is cut off in the middle of a hostile answer is in the right.
    request.socket.on('error', () => undefined);
    answer(request, response);
    return 0;
  }
  const status = answer.status ?? 200;
  response.writeHead(status, answer.headers);
  response.end(answer.body);
  return status;
}
