import type { Readable } from 'node:stream';
import { MAX_BODY_BYTES, MAX_RECORD_BYTES } from '@broadsheet/contracts';
import { Body, Controller, Header, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { STREAMED_BODY } from '../http/body-parsing.ts';
import { BytesInHand } from './bytes-in-hand.ts';
import { PUSH_BODY } from './push-body.ts';
import { PushQuery } from './push-query.ts';
import { PushArticleHandler, type PushOutcome } from './push-article.handler.ts';
import { readBody } from '../http/read-body.ts';
import { refusalProblem } from './refusal-problem.ts';

/** Room for the headers of a record that is as large as its topic takes. */
const MAX_ENVELOPE_BYTES = MAX_RECORD_BYTES - 64 * 1024;

export const PushAnswer = z
  .strictObject({
    id: z.uuid().meta({ description: 'leads to the article from now on' }),
    url: z.string().nullable(),
    trail: z.string().meta({ description: 'where every step is told' }),
  })
  .meta({ id: 'Accepted' });

interface PushHeaders {
  readonly 'content-type'?: string;
  readonly 'content-encoding'?: string;
  readonly traceparent?: string;
}

@ApiTags('articles')
@Controller('api/v1/articles')
export class PushArticleController {
  constructor(
    private readonly handler: PushArticleHandler,
    private readonly bytesInHand: BytesInHand,
  ) {}

  @Post()
  @HttpCode(202)
  @RouteConfig(STREAMED_BODY)
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'Push one article; accepted once the broker has acknowledged it',
    requestBody: PUSH_BODY,
  })
  @ApiResponse({ status: 202, standardSchema: PushAnswer, description: 'accepted' })
  @ApiProblems(400, 413, 415, 422, 503)
  async push(
    @Body() source: Readable | undefined,
    @Headers() headers: PushHeaders,
    @Query({ schema: PushQuery }) query: PushQuery,
  ): Promise<string> {
    const contentType = headers['content-type'] ?? 'application/octet-stream';
    if (source === undefined) throw refusalProblem('EMPTY_VALUE', 'the request has no body');
    const hold = this.bytesInHand.hold();
    try {
      const body = await readBody(source, {
        contentEncoding: headers['content-encoding'],
        maxBytes: /json/i.test(contentType) ? MAX_ENVELOPE_BYTES : MAX_BODY_BYTES,
        onBytes: (bytes) => hold.add(bytes),
      });
      const url = query.url ?? null;
      const traceparent = headers.traceparent ?? null;
      const [outcome] = await this.handler.handle([{ body, contentType, url, traceparent }]);
      return answer(outcome);
    } finally {
      hold.release();
    }
  }
}

function answer(outcome: PushOutcome | undefined): string {
  if (outcome === undefined) throw new Error('a push without an outcome');
  if (outcome.kind === 'unavailable') throw outcome.problem;
  if (outcome.kind === 'refused') throw refusalProblem(outcome.code, outcome.detail);
  const { id, url, trail } = outcome;
  return JSON.stringify({ id, url, trail });
}
