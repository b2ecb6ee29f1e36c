import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ManageSourcesHandler } from './manage-sources.handler.ts';
import { NewSourceBody, SourceChangeBody, SourceId, SourceListQuery } from './source-input.ts';
import { SourcePage, SourceView, toSourceView } from './source-view.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

@ApiTags('sources')
@Controller('api/v1/sources')
export class ManageSourcesController {
  constructor(private readonly handler: ManageSourcesHandler) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ summary: 'What is followed, in the order of adding, with its health' })
  @ApiResponse({ status: 200, standardSchema: SourcePage, description: 'one page' })
  @ApiProblems(400, 503)
  async list(@Query({ schema: SourceListQuery }) query: SourceListQuery): Promise<string> {
    const { items, next } = await this.handler.list(query);
    return JSON.stringify({ items: items.map((source) => toSourceView(source, Date.now())), next });
  }

  @Post()
  @HttpCode(201)
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    summary: 'Follow a feed, a sitemap or the home page of a site; it is polled within seconds',
  })
  @ApiResponse({
    status: 201,
    standardSchema: SourceView,
    description: 'the source',
    headers: { Location: { required: true, schema: { type: 'string' } } },
  })
  @ApiProblems(400, 409, 415, 422, 503)
  async add(
    @Body({ schema: NewSourceBody }) body: NewSourceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const source = await this.handler.add(body);
    void reply.header('location', `/api/v1/sources/${source.id}`);
    return JSON.stringify(toSourceView(source, Date.now()));
  }

  @Get(':id')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ summary: 'One source' })
  @ApiResponse({ status: 200, standardSchema: SourceView, description: 'the source' })
  @ApiProblems(400, 404, 503)
  async one(@Param('id', { schema: SourceId }) id: string): Promise<string> {
    return JSON.stringify(toSourceView(await this.handler.one(id), Date.now()));
  }

  @Patch(':id')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ summary: 'Rename a source, pause it, or let it go on' })
  @ApiResponse({ status: 200, standardSchema: SourceView, description: 'as it is now' })
  @ApiProblems(400, 404, 415, 422, 503)
  async change(
    @Param('id', { schema: SourceId }) id: string,
    @Body({ schema: SourceChangeBody }) body: SourceChangeBody,
  ): Promise<string> {
    return JSON.stringify(toSourceView(await this.handler.change(id, body), Date.now()));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop following; its articles stay' })
  @ApiResponse({ status: 204, description: 'gone' })
  @ApiProblems(400, 404, 503)
  async remove(@Param('id', { schema: SourceId }) id: string): Promise<void> {
    await this.handler.remove(id);
  }
}
