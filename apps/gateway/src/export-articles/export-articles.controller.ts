import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { linesOf } from '../http/lines-of.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ExportArticlesHandler } from './export-articles.handler.ts';
import { ExportQuery } from './export-query.ts';

const TYPES = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
} as const;

@ApiTags('articles')
@Controller('api/v1/export')
export class ExportArticlesController {
  constructor(private readonly handler: ExportArticlesHandler) {}

  @Get()
  @ApiOperation({ summary: 'All matches of a search, streamed, oldest arrivals first' })
  @ApiResponse({
    status: 200,
    description: 'one article a line; an answer that is cut off was not all',
    content: {
      'application/x-ndjson': linesOf('ExportedArticle'),
      'text/csv': { schema: { type: 'string' } },
    },
    headers: { 'Content-Disposition': { required: true, schema: { type: 'string' } } },
  })
  @ApiProblems(400, 503, 504)
  async export(
    @Query({ schema: ExportQuery }) query: ExportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const chunks = await this.handler.handle(query);
    void reply
      .type(TYPES[query.format])
      .header('content-disposition', `attachment; filename="broadsheet.${query.format}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(chunks, { highWaterMark: 1 }));
  }
}
