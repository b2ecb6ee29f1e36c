import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { ArticleState } from '@broadsheet/persistence';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ENTITY_TAG } from '../http/answer-headers.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ArticleView, toArticleView } from '../search-articles/article-view.ts';
import { ArticleId, RevisionNumber } from './article-id.ts';
import { entityTagOf, GetArticleHandler } from './get-article.handler.ts';
import {
  RevisionSummaryView,
  RevisionView,
  toRevisionSummaryView,
  toRevisionView,
} from './revision-view.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

const ARTICLE_HEADERS = {
  ...ENTITY_TAG,
  'Content-Location': {
    description: 'where the article is, if it was asked for by another id',
    schema: { type: 'string' },
  },
} as const;

const RevisionList = z
  .strictObject({ items: z.array(RevisionSummaryView), next: z.null() })
  .meta({ id: 'RevisionList' });

@ApiTags('articles')
@Controller('api/v1/articles/:id')
export class GetArticleController {
  constructor(private readonly handler: GetArticleHandler) {}

  @Get()
  @ApiOperation({ summary: 'One article, by its id or that of any of its addresses' })
  @ApiResponse({
    status: 200,
    standardSchema: ArticleView,
    description: 'the article',
    headers: ARTICLE_HEADERS,
  })
  @ApiResponse({
    status: 304,
    description: 'as the If-None-Match of the request knows it',
    headers: ARTICLE_HEADERS,
  })
  @ApiProblems(400, 404, 410, 503)
  async article(
    @Param('id', { schema: ArticleId }) id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const known = await this.handler.unmodified(id, ifNoneMatch);
    if (known !== null) {
      void identified(reply, id, known).code(304);
      return undefined;
    }
    const article = await this.handler.article(id);
    void identified(reply, id, article).type(JSON_TYPE);
    return JSON.stringify(toArticleView(article));
  }

  @Get('revisions')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ summary: 'Every revision, newest first' })
  @ApiResponse({ status: 200, standardSchema: RevisionList, description: 'all of them' })
  @ApiProblems(400, 404, 410, 503)
  async revisions(@Param('id', { schema: ArticleId }) id: string): Promise<string> {
    const items = (await this.handler.revisions(id)).map(toRevisionSummaryView);
    return JSON.stringify({ items, next: null });
  }

  @Get('revisions/:revision')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ summary: 'One revision' })
  @ApiResponse({ status: 200, standardSchema: RevisionView, description: 'the revision' })
  @ApiProblems(400, 404, 410, 503)
  async revision(
    @Param('id', { schema: ArticleId }) id: string,
    @Param('revision', { schema: RevisionNumber }) revision: number,
  ): Promise<string> {
    return JSON.stringify(toRevisionView(await this.handler.revision(id, revision)));
  }
}

function identified(reply: FastifyReply, askedId: string, article: ArticleState): FastifyReply {
  void reply.headers({ etag: entityTagOf(article), 'cache-control': 'private, no-cache' });
  if (article.id !== askedId) {
    void reply.header('content-location', `/api/v1/articles/${article.id}`);
  }
  return reply;
}
