import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ArticleId } from '../get-article/article-id.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { pageLimit } from '../http/page-limit.ts';
import { ListStoriesHandler } from './list-stories.handler.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

const cursor = z
  .string('may be given once')
  .optional()
  .meta({ description: '`next` of the page before' });

const StoryListQuery = z.strictObject({
  sort: z
    .enum(['recent', 'size'], 'must be recent or size')
    .default('recent')
    .meta({ description: 'by the newest article, or by the number of articles' }),
  limit: pageLimit({ max: 200, usual: 20 }),
  cursor,
});
type StoryListQuery = z.infer<typeof StoryListQuery>;

const StoryQuery = z.strictObject({ limit: pageLimit({ max: 200, usual: 50 }), cursor });
type StoryQuery = z.infer<typeof StoryQuery>;

const StoryView = z
  .strictObject({
    id: z.uuid().meta({ description: 'stays; that of a story it took in leads to it' }),
    title: z.string().meta({ description: 'of its earliest article' }),
    size: z.int().meta({ description: 'articles, copies too' }),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  })
  .meta({ id: 'Story' });

const StoryPageView = z
  .strictObject({ items: z.array(StoryView), next: z.string().nullable() })
  .meta({ id: 'StoryPage' });

const StoryArticleView = z
  .strictObject({
    id: z.uuid(),
    url: z.string().nullable(),
    site: z.string().nullable(),
    title: z.string(),
    language: z.string().nullable(),
    at: z.iso.datetime().meta({ description: 'published or first seen' }),
    duplicateOf: z.uuid().nullable(),
  })
  .meta({ id: 'StoryArticle' });

const StoryDetailView = StoryView.extend({
  articles: z.strictObject({ items: z.array(StoryArticleView), next: z.string().nullable() }),
}).meta({ id: 'StoryDetail' });

@ApiTags('stories')
@Controller('api/v1/stories')
export class ListStoriesController {
  constructor(private readonly handler: ListStoriesHandler) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ summary: 'Events that several articles are about' })
  @ApiResponse({ status: 200, standardSchema: StoryPageView, description: 'one page' })
  @ApiProblems(400, 503, 504)
  async list(@Query({ schema: StoryListQuery }) query: StoryListQuery): Promise<string> {
    return JSON.stringify(await this.handler.list(query));
  }

  @Get(':id')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ summary: 'One story with its articles, newest first' })
  @ApiResponse({ status: 200, standardSchema: StoryDetailView, description: 'the story' })
  @ApiProblems(400, 404, 503, 504)
  async one(
    @Param('id', { schema: ArticleId }) id: string,
    @Query({ schema: StoryQuery }) query: StoryQuery,
  ): Promise<string> {
    return JSON.stringify(await this.handler.one(id, query));
  }
}
