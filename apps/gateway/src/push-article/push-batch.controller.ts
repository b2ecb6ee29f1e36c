import type { Readable } from 'node:stream';
import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { linesOf } from '../http/lines-of.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { STREAMED_BODY } from '../http/body-parsing.ts';
import { answerBatch, type BatchHeaders } from './answer-batch.ts';
import { BytesInHand } from './bytes-in-hand.ts';
import { BATCH_BODY } from './push-body.ts';
import { PushArticleHandler } from './push-article.handler.ts';

@ApiTags('articles')
@Controller('api/v1/articles/batch')
export class PushBatchController {
  constructor(
    private readonly handler: PushArticleHandler,
    private readonly bytesInHand: BytesInHand,
  ) {}

  @Post()
  @HttpCode(200)
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Push articles as NDJSON: one RawArticle a line, one result line for each, in order',
    requestBody: BATCH_BODY,
  })
  @ApiResponse({
    status: 200,
    description: 'one result for each line, in order',
    content: { 'application/x-ndjson': linesOf('BatchResult') },
  })
  @ApiProblems(415, 503)
  push(
    @Body() source: Readable | undefined,
    @Headers() headers: BatchHeaders,
    @Res() reply: FastifyReply,
  ): void {
    const { handler, bytesInHand } = this;
    answerBatch(reply, {
      source,
      headers,
      handler,
      bytesInHand,
      push: (pushes) => handler.handle(pushes),
    });
  }
}
