import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { PreviewSourceHandler } from './preview-source.handler.ts';
import { FeedAddress, LinkSelector } from './source-input.ts';

const PreviewBody = z
  .strictObject({ url: FeedAddress, selector: LinkSelector.optional() })
  .meta({ id: 'SourcePreviewRequest' });
type PreviewBody = z.infer<typeof PreviewBody>;

export const SourcePreviewView = z
  .strictObject({
    url: z.string().meta({ description: 'where the source would be asked' }),
    kind: z.enum(['feed', 'sitemap', 'sitemap-index', 'page', 'unreadable']),
    title: z.string().nullable(),
    candidates: z.array(z.string()).meta({ description: 'other addresses that may be followed' }),
    items: z.array(
      z.strictObject({
        url: z.string().nullable(),
        title: z.string().nullable(),
        publishedAt: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'SourcePreview' });

@ApiTags('sources')
@Controller('api/v1/sources/preview')
export class PreviewSourceController {
  constructor(private readonly handler: PreviewSourceHandler) {}

  @Post()
  @HttpCode(200)
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary:
      'What a source would give; a home page leads to its feed, a selector to the articles of a page',
  })
  @ApiResponse({ status: 200, standardSchema: SourcePreviewView, description: 'what is there' })
  @ApiProblems(400, 415, 422)
  async preview(@Body({ schema: PreviewBody }) body: PreviewBody): Promise<string> {
    return JSON.stringify(await this.handler.handle(body.url, body.selector ?? null));
  }
}
