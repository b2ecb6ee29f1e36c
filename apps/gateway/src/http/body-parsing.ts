import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.errors.ts';
import { readBody } from './read-body.ts';

/** Config of a route that reads its body itself, as a stream. */
export const STREAMED_BODY = { readsStream: true } as const;

const MAX_JSON_BYTES = 1024 * 1024;

/** Routes get JSON, or the stream where they ask for it; nothing else is read. */
export function parseBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    '*',
    async (request: FastifyRequest, payload: IncomingMessage): Promise<unknown> => {
      if (request.is404) return undefined;
      return readsStream(request) ? payload : readJson(request);
    },
  );
}

function readsStream(request: FastifyRequest): boolean {
  return 'readsStream' in request.routeOptions.config;
}

async function readJson(request: FastifyRequest): Promise<unknown> {
  const { 'content-type': contentType, 'content-encoding': contentEncoding } = request.headers;
  if (!/^application\/(?:[\w.+-]{1,100}\+)?json\s*(?:;|$)/i.test(contentType ?? '')) {
    throw new Problem(415, 'UNSUPPORTED_TYPE', 'the route reads application/json');
  }
  const body = await readBody(request.raw, { contentEncoding, maxBytes: MAX_JSON_BYTES });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    throw new Problem(400, 'JSON_INVALID', 'the body is not JSON in UTF-8');
  }
}
