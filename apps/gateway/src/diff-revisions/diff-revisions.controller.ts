import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ArticleId, RevisionNumber } from '../get-article/article-id.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { DiffRevisionsHandler } from './diff-revisions.handler.ts';

const DiffQuery = z.strictObject({
  from: RevisionNumber.optional().meta({ description: 'revision before; the one before `to`' }),
  to: RevisionNumber.optional().meta({ description: 'revision after; the current one' }),
});
type DiffQuery = z.infer<typeof DiffQuery>;

const TextDiffView = z
  .strictObject({
    granularity: z
      .enum(['word', 'paragraph', 'whole'])
      .meta({ description: 'coarser than words where the texts are long and differ much' }),
    parts: z.array(z.strictObject({ op: z.enum(['equal', 'removed', 'added']), text: z.string() })),
  })
  .meta({ id: 'TextDiff' });

const DiffView = z
  .strictObject({
    articleId: z.uuid(),
    from: z.int(),
    to: z.int(),
    title: TextDiffView,
    text: TextDiffView,
  })
  .meta({ id: 'RevisionDiff' });

@ApiTags('articles')
@Controller('api/v1/articles/:id/diff')
export class DiffRevisionsController {
  constructor(private readonly handler: DiffRevisionsHandler) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'What changed between two revisions, word by word' })
  @ApiResponse({ status: 200, standardSchema: DiffView, description: 'in the order of the text' })
  @ApiProblems(400, 404, 410, 503)
  async diff(
    @Param('id', { schema: ArticleId }) id: string,
    @Query({ schema: DiffQuery }) query: DiffQuery,
  ): Promise<string> {
    return JSON.stringify(await this.handler.handle(id, query));
  }
}
