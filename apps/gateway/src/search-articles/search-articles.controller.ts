import { FACET_NAMES } from '@broadsheet/persistence';
import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ArticleView } from './article-view.ts';
import { SearchArticlesHandler } from './search-articles.handler.ts';
import { SearchQuery } from './search-query.ts';

export const SearchAnswerSchema = z
  .strictObject({
    items: z.array(
      ArticleView.partial()
        .required({ id: true })
        .extend({
          highlight: z
            .strictObject({ title: z.string(), text: z.string() })
            .optional()
            .meta({ description: 'HTML, escaped but for <mark> around matches' }),
        }),
    ),
    next: z.string().nullable().meta({ description: 'cursor of the next page' }),
    count: z
      .strictObject({ value: z.int(), relation: z.enum(['exact', 'atLeast']) })
      .optional()
      .meta({ description: 'where count=exact or count=capped asks for it' }),
    facets: z
      .partialRecord(
        z.enum(FACET_NAMES),
        z.array(z.strictObject({ value: z.string(), count: z.int() })),
      )
      .optional()
      .meta({ description: 'the values found most often, where facets asks for them' }),
    histogram: z
      .array(z.strictObject({ at: z.iso.datetime(), count: z.int() }))
      .optional()
      .meta({ description: 'oldest first; at is the begin of an hour, day, week or month' }),
    sampled: z.boolean().optional().meta({
      description:
        'true where facets and histogram are of the newest matches alone: 20,000, or 2,000 of a phrase or title',
    }),
  })
  .meta({ id: 'ArticlePage' });

@ApiTags('articles')
@Controller('api/v1/articles')
export class SearchArticlesController {
  constructor(private readonly handler: SearchArticlesHandler) {}

  // The answer leaves as ready bytes: a serializer would cost more than the search of a rare word, and so would the
  // socket if it had to make bytes of a long string.
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'Search articles' })
  @ApiResponse({ status: 200, standardSchema: SearchAnswerSchema, description: 'one page' })
  @ApiProblems(400, 503, 504)
  async search(@Query({ schema: SearchQuery }) query: SearchQuery): Promise<Buffer> {
    return Buffer.from(JSON.stringify(await this.handler.handle(query)));
  }
}
