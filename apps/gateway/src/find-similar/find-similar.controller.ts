import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ArticleId } from '../get-article/article-id.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { FindSimilarHandler } from './find-similar.handler.ts';

const SimilarView = z
  .strictObject({
    id: z.uuid(),
    url: z.string().nullable(),
    site: z.string().nullable(),
    title: z.string(),
    publishedAt: z.iso.datetime().nullable(),
    firstSeenAt: z.iso.datetime(),
    duplicateOf: z.uuid().nullable(),
    similarity: z.number().min(0).max(1).meta({
      description: 'share of the runs of three words that both texts have, estimated to about 0.05',
    }),
  })
  .meta({ id: 'SimilarArticle' });

const SimilarList = z
  .strictObject({ items: z.array(SimilarView), next: z.null() })
  .meta({ id: 'SimilarArticleList' });

@ApiTags('articles')
@Controller('api/v1/articles/:id/similar')
export class FindSimilarController {
  constructor(private readonly handler: FindSimilarHandler) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'Articles with much the same text, most similar first' })
  @ApiResponse({
    status: 200,
    standardSchema: SimilarList,
    description: 'at most a hundred; also look-alikes that are no duplicates',
  })
  @ApiProblems(400, 404, 410, 503)
  async similar(@Param('id', { schema: ArticleId }) id: string): Promise<string> {
    return JSON.stringify({ items: await this.handler.handle(id), next: null });
  }
}
