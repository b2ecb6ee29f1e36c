import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { pageLimit } from '../http/page-limit.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ChangeView, Position, toChangeView } from './change-view.ts';
import type { ChangeSource } from './follow-changes.port.ts';
import { CHANGE_SOURCE } from './follow-changes.tokens.ts';

const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 100;

export const ChangeQuery = z.strictObject({
  after: Position.default('0').meta({ description: 'next of the page before; 0 for all there is' }),
  limit: pageLimit({ max: MAX_LIMIT, usual: DEFAULT_LIMIT }),
});
type ChangeQuery = z.infer<typeof ChangeQuery>;

const ChangePage = z
  .strictObject({
    items: z.array(ChangeView),
    next: z.string().meta({ description: 'where to go on, also after an empty page, for ever' }),
  })
  .meta({ id: 'ChangePage' });

@ApiTags('changes')
@Controller('api/v1/changes')
export class ListChangesController {
  constructor(@Inject(CHANGE_SOURCE) private readonly changes: ChangeSource) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Everything that changed, in order; unchanged and outdated are left out',
  })
  @ApiResponse({ status: 200, standardSchema: ChangePage, description: 'one page' })
  @ApiProblems(400, 503, 504)
  async list(@Query({ schema: ChangeQuery }) { after, limit }: ChangeQuery): Promise<string> {
    const items = (await this.changes.after(after, limit)).map(toChangeView);
    return JSON.stringify({ items, next: items.at(-1)?.position ?? after });
  }
}
