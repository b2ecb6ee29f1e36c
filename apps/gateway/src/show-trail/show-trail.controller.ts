import { TrailEvent } from '@broadsheet/contracts';
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ShowTrailHandler, type Trail } from './show-trail.handler.ts';

const Id = z.uuid('must be a UUID').transform((id) => id.toLowerCase());

const TrailQuery = z
  .strictObject({
    url: z.string('may be given once').min(1).max(2_000).optional(),
    record: z
      .string('may be given once')
      .regex(/^[\w.-]{1,249}\/\d{1,9}\/\d{1,19}$/, 'must be topic/partition/offset')
      .optional(),
  })
  .refine((query) => (query.url === undefined) !== (query.record === undefined), {
    path: ['url'],
    message: 'give exactly one of url and record',
  });
type TrailQuery = z.infer<typeof TrailQuery>;

const TrailAnswer = z
  .strictObject({
    id: z.uuid().nullable(),
    items: z.array(TrailEvent).meta({ description: 'oldest first' }),
    next: z.null(),
  })
  .meta({ id: 'Trail' });

@ApiTags('trail')
@Controller('api/v1')
export class ShowTrailController {
  constructor(private readonly handler: ShowTrailHandler) {}

  @Get('articles/:id/trail')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'Every step of an article, by its id or that of any of its addresses' })
  @ApiResponse({ status: 200, standardSchema: TrailAnswer, description: 'none is an answer too' })
  @ApiProblems(400, 503)
  async byId(@Param('id', { schema: Id }) id: string): Promise<string> {
    return answer(await this.handler.byId(id));
  }

  @Get('trail')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'Every step of an address, or of a record on a topic' })
  @ApiResponse({ status: 200, standardSchema: TrailAnswer, description: 'none is an answer too' })
  @ApiProblems(400, 503)
  async find(@Query({ schema: TrailQuery }) query: TrailQuery): Promise<string> {
    if (query.record !== undefined) return answer(await this.handler.byRecord(query.record));
    return answer(await this.handler.byUrl(query.url ?? ''));
  }
}

function answer(trail: Trail): string {
  return JSON.stringify({ ...trail, next: null });
}
