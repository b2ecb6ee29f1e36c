import { Readable } from 'node:stream';
import { MAX_RECORD_BYTES } from '@broadsheet/contracts';
import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { STREAMED_BODY } from '../http/body-parsing.ts';
import { Problem } from '../http/problem.errors.ts';
import { decoded } from '../http/read-body.ts';
import { BATCH_BODY } from './push-body.ts';
import { PushArticleHandler } from './push-article.handler.ts';
import { pushBatch } from './push-batch.ts';

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

interface BatchHeaders {
  readonly 'content-type'?: string;
  readonly 'content-encoding'?: string;
}

@ApiTags('articles')
@Controller('api/v1/articles/batch')
export class PushBatchController {
  constructor(private readonly handler: PushArticleHandler) {}

  @Post()
  @HttpCode(200)
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Push articles as NDJSON: one RawArticle a line, one result line for each, in order',
    requestBody: BATCH_BODY,
  })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({ status: 200, standardSchema: BatchResult, description: 'one such object a line' })
  @ApiProblems(415, 503)
  push(
    @Body() source: Readable | undefined,
    @Headers() headers: BatchHeaders,
    @Res() reply: FastifyReply,
  ): void {
    if (!NDJSON.test(headers['content-type'] ?? '')) {
      throw new Problem(415, 'UNSUPPORTED_TYPE', 'the route reads application/x-ndjson');
    }
    const refusal = this.handler.refusal();
    if (refusal !== null) throw refusal;
    const body = decoded(source ?? Readable.from([]), headers['content-encoding']);
    const results = pushBatch(body.iterator({ destroyOnReturn: false }), MAX_LINE_BYTES, (pushes) =>
      this.handler.handle(pushes),
    );
    void reply
      .type('application/x-ndjson; charset=utf-8')
      .send(Readable.from(results, { highWaterMark: MAX_RESULTS_WAITING }));
  }
}
