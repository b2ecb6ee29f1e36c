import { Controller, Delete, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ArticleId } from '../get-article/article-id.ts';
import { DeleteArticleHandler } from './delete-article.handler.ts';

@ApiTags('articles')
@Controller('api/v1/articles/:id')
export class DeleteArticleController {
  constructor(private readonly handler: DeleteArticleHandler) {}

  @Delete()
  @ApiOperation({ summary: 'Delete one article for ever, with all its revisions and addresses' })
  @ApiResponse({ status: 204, description: 'gone' })
  @ApiResponse({ status: 202, description: 'ordered; it goes as soon as the indexer is back' })
  @ApiProblems(400, 404, 410, 503)
  async remove(
    @Param('id', { schema: ArticleId }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    void reply.code((await this.handler.handle(id)) ? 204 : 202);
  }
}
