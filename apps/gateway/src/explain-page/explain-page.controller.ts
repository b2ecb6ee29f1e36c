import type { Readable } from 'node:stream';
import { MAX_BODY_BYTES } from '@broadsheet/contracts';
import { Body, Controller, Header, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { STREAMED_BODY } from '../http/body-parsing.ts';
import { readBody } from '../http/read-body.ts';
import { PUSH_BODY } from '../push-article/push-body.ts';
import { PushQuery } from '../push-article/push-query.ts';
import { refusalProblem } from '../push-article/refusal-problem.ts';
import { explainPage, Explanation } from './explain-page.ts';

interface ExplainHeaders {
  readonly 'content-type'?: string;
  readonly 'content-encoding'?: string;
}

@ApiTags('articles')
@Controller('api/v1/explain')
export class ExplainPageController {
  @Post()
  @HttpCode(200)
  @RouteConfig(STREAMED_BODY)
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'What the parser makes of an article, and why; stores nothing',
    requestBody: PUSH_BODY,
  })
  @ApiResponse({ status: 200, standardSchema: Explanation, description: 'the outcome' })
  @ApiProblems(400, 413)
  async explain(
    @Body() source: Readable | undefined,
    @Headers() headers: ExplainHeaders,
    @Query({ schema: PushQuery }) query: PushQuery,
  ): Promise<string> {
    if (source === undefined) throw refusalProblem('EMPTY_VALUE', 'the request has no body');
    const body = await readBody(source, {
      contentEncoding: headers['content-encoding'],
      maxBytes: MAX_BODY_BYTES,
    });
    const contentType = headers['content-type'] ?? 'application/octet-stream';
    const page = { body, contentType, url: query.url ?? null, now: new Date() };
    return JSON.stringify(explainPage(page));
  }
}
