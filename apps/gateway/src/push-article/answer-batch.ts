import { Readable } from 'node:stream';
import { MAX_RECORD_BYTES } from '@broadsheet/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Problem } from '../http/problem.errors.ts';
import { decoded } from '../http/read-body.ts';
import type { PushArticleHandler } from './push-article.handler.ts';
import type { BytesInHand } from './bytes-in-hand.ts';
import { MAX_BYTES_IN_HAND, type PushAll, pushBatch } from './push-batch.ts';

const MAX_LINE_BYTES = MAX_RECORD_BYTES - 64 * 1024;
const NDJSON = /^application\/(?:x-ndjson|ndjson|jsonl)\s*(?:;|$)/i;
/** A sender that reads only after its last line must not stall: results wait here, about 200 B a line. */
const MAX_RESULTS_WAITING = 4_000;

export const BatchResult = z
  .discriminatedUnion('status', [
    z.strictObject({
      line: z.int(),
      status: z.literal('accepted'),
      id: z.uuid(),
      url: z.string().nullable(),
      trail: z.string(),
    }),
    z.strictObject({
      line: z.int(),
      status: z.literal('rejected'),
      code: z.string(),
      detail: z.string(),
    }),
  ])
  .meta({ id: 'BatchResult' });

export interface BatchHeaders {
  readonly 'content-type'?: string;
  readonly 'content-encoding'?: string;
}

export interface BatchRequest {
  readonly source: Readable | undefined;
  readonly headers: BatchHeaders;
  readonly handler: PushArticleHandler;
  readonly bytesInHand: BytesInHand;
  readonly push: PushAll;
}

/**
 * One result line for each line of an NDJSON body, in order, as soon as it is known.
 * @throws {Problem} before the first line: UNSUPPORTED_TYPE, PUSHES_EXHAUSTED, or the reason why no push is welcome.
 */
export function answerBatch(reply: FastifyReply, request: BatchRequest): void {
  const { source, headers, handler, push } = request;
  if (!NDJSON.test(headers['content-type'] ?? '')) {
    throw new Problem(415, 'UNSUPPORTED_TYPE', 'the route reads application/x-ndjson');
  }
  const refusal = handler.refusal();
  if (refusal !== null) throw refusal;
  const body = decoded(source ?? Readable.from([]), headers['content-encoding']);
  const hold = request.bytesInHand.hold();
  hold.add(MAX_BYTES_IN_HAND);
  const results = pushBatch(body.iterator({ destroyOnReturn: false }), MAX_LINE_BYTES, push);
  const answer = Readable.from(results, { highWaterMark: MAX_RESULTS_WAITING });
  answer.once('close', () => hold.release());
  void reply.type('application/x-ndjson; charset=utf-8').send(answer);
}
