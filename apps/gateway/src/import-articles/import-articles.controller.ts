import type { Readable } from 'node:stream';
import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { linesOf } from '../http/lines-of.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { STREAMED_BODY } from '../http/body-parsing.ts';
import { answerBatch, type BatchHeaders } from '../push-article/answer-batch.ts';
import { BytesInHand } from '../push-article/bytes-in-hand.ts';
import { PushArticleHandler } from '../push-article/push-article.handler.ts';
import { toRawArticle } from './to-raw-article.ts';

const IMPORT_BODY = {
  description:
    'the NDJSON of an export, whose fields are taken as they are; a line that is a RawArticle is taken too',
  required: true,
  content: { 'application/x-ndjson': { schema: { type: 'string' } } },
};

@ApiTags('articles')
@Controller('api/v1/import')
export class ImportArticlesController {
  constructor(
    private readonly handler: PushArticleHandler,
    private readonly bytesInHand: BytesInHand,
  ) {}

  @Post()
  @HttpCode(200)
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Take back what was exported, as pushes with their original times',
    requestBody: IMPORT_BODY,
  })
  @ApiResponse({
    status: 200,
    description: 'one result for each line, in order',
    content: { 'application/x-ndjson': linesOf('BatchResult') },
  })
  @ApiProblems(415, 503)
  import(
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
      push: (pushes) =>
        handler.handle(pushes.map((push) => ({ ...push, body: toRawArticle(push.body) }))),
    });
  }
}
