import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnmodified } from '../get-article/get-article.handler.ts';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { ENTITY_TAG } from '../http/answer-headers.ts';
import type { Feed } from './feed.ts';
import { FeedQuery } from './feed-query.ts';
import { PublishFeedHandler } from './publish-feed.handler.ts';
import { writeAtom } from './write-atom.ts';
import { JsonFeed, writeJsonFeed } from './write-json-feed.ts';
import { writeRss } from './write-rss.ts';

const TYPES = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const;

const FEED = { description: 'the feed', headers: ENTITY_TAG };
const UNMODIFIED = {
  status: 304,
  description: 'as the If-None-Match of the request knows it',
  headers: ENTITY_TAG,
};

@ApiTags('feeds')
@Controller('feeds')
export class PublishFeedController {
  constructor(private readonly handler: PublishFeedHandler) {}

  @Get('search.rss')
  @ApiOperation({ summary: 'A search as RSS 2.0, newest arrivals first' })
  @ApiProduces('application/rss+xml')
  @ApiResponse({ status: 200, schema: { type: 'string' }, ...FEED })
  @ApiResponse(UNMODIFIED)
  @ApiProblems(400, 503, 504)
  async rss(
    @Query({ schema: FeedQuery }) query: FeedQuery,
    @Headers('if-none-match') known: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const body = writeRss(await this.feed(query, request));
    return answer(reply, { body, type: TYPES.rss, known });
  }

  @Get('search.atom')
  @ApiOperation({ summary: 'A search as Atom, newest arrivals first' })
  @ApiProduces('application/atom+xml')
  @ApiResponse({ status: 200, schema: { type: 'string' }, ...FEED })
  @ApiResponse(UNMODIFIED)
  @ApiProblems(400, 503, 504)
  async atom(
    @Query({ schema: FeedQuery }) query: FeedQuery,
    @Headers('if-none-match') known: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const body = writeAtom(await this.feed(query, request));
    return answer(reply, { body, type: TYPES.atom, known });
  }

  @Get('search.json')
  @ApiOperation({ summary: 'A search as JSON Feed 1.1, newest arrivals first' })
  @ApiProduces('application/feed+json')
  @ApiResponse({ status: 200, standardSchema: JsonFeed, ...FEED })
  @ApiResponse(UNMODIFIED)
  @ApiProblems(400, 503, 504)
  async json(
    @Query({ schema: FeedQuery }) query: FeedQuery,
    @Headers('if-none-match') known: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const body = writeJsonFeed(await this.feed(query, request));
    return answer(reply, { body, type: TYPES.json, known });
  }

  private feed(query: FeedQuery, { protocol, host, url }: FastifyRequest): Promise<Feed> {
    return this.handler.handle({ query, baseUrl: `${protocol}://${host}`, path: url });
  }
}

interface FeedAnswer {
  readonly body: string;
  readonly type: string;
  readonly known: string | undefined;
}

/** Feed readers ask again and again; mostly nothing is new. */
function answer(reply: FastifyReply, { body, type, known }: FeedAnswer): string | undefined {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const entityTag = `"${digest}"`;
  void reply.headers({ etag: entityTag, 'cache-control': 'private, no-cache' });
  if (isUnmodified(known, entityTag)) {
    void reply.code(304);
    return undefined;
  }
  void reply.type(type);
  return body;
}
