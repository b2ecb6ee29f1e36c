import type { Readable } from 'node:stream';
import { Body, Controller, Get, Header, Headers, HttpCode, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { STREAMED_BODY } from '../http/body-parsing.ts';
import { Problem } from '../http/problem.errors.ts';
import { readBody } from '../http/read-body.ts';
import { SourceOpmlHandler } from './source-opml.handler.ts';

const MAX_OPML_BYTES = 8 * 1024 * 1024;
const OPML_BODY = {
  description: 'a list of subscriptions; folders become the folders of the sources',
  required: true,
  content: { 'text/x-opml': { schema: { type: 'string' } } },
};

const OpmlImportView = z
  .strictObject({
    added: z.int(),
    existing: z.int().meta({ description: 'followed already' }),
    refused: z.array(z.string()).meta({ description: 'addresses that cannot be followed' }),
  })
  .meta({ id: 'OpmlImport' });

@ApiTags('sources')
@Controller('api/v1/sources/opml')
export class SourceOpmlController {
  constructor(private readonly handler: SourceOpmlHandler) {}

  @Get()
  @Header('content-type', 'text/x-opml; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="broadsheet.opml"')
  @ApiOperation({ summary: 'All sources as OPML' })
  @ApiProduces('text/x-opml')
  @ApiResponse({ status: 200, description: 'OPML 2.0', schema: { type: 'string' } })
  @ApiProblems(503)
  async write(): Promise<string> {
    return this.handler.write();
  }

  @Post()
  @HttpCode(200)
  @RouteConfig(STREAMED_BODY)
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'Follow every feed of an OPML file', requestBody: OPML_BODY })
  @ApiResponse({ status: 200, standardSchema: OpmlImportView, description: 'what was added' })
  @ApiProblems(400, 413, 415, 422, 503)
  async read(
    @Body() source: Readable | undefined,
    @Headers('content-encoding') contentEncoding: string | undefined,
  ): Promise<string> {
    if (source === undefined) throw new Problem(422, 'OPML_INVALID', 'the request has no body');
    const body = await readBody(source, { contentEncoding, maxBytes: MAX_OPML_BYTES });
    return JSON.stringify(await this.handler.read(body));
  }
}
