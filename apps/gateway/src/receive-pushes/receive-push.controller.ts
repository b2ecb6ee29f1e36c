import type { Readable } from 'node:stream';
import { MAX_BODY_BYTES } from '@broadsheet/contracts';
import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { STREAMED_BODY } from '../http/body-parsing.ts';
import { readBody } from '../http/read-body.ts';
import { ReceivePushHandler } from './receive-push.handler.ts';

const Token = z.string().regex(/^[0-9a-f]{64}$/, 'must be the token of a subscription');

const HubQuery = z.object({
  'hub.mode': z.string('must be given once').max(20),
  'hub.topic': z.string('may be given once').max(4_000).optional(),
  'hub.challenge': z.string('may be given once').max(4_000).optional(),
  'hub.lease_seconds': z
    .string('may be given once')
    .regex(/^\d{1,9}$/, 'must be a number of seconds')
    .transform(Number)
    .optional(),
});
type HubQuery = z.infer<typeof HubQuery>;

interface PushHeaders {
  readonly 'content-type'?: string;
  readonly 'content-encoding'?: string;
  readonly 'x-hub-signature'?: string;
}

/** What hubs call (W3C WebSub); the token in the address is known to the hub alone. */
@ApiTags('websub')
@Controller('websub')
export class ReceivePushController {
  constructor(private readonly handler: ReceivePushHandler) {}

  @Get(':token')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('x-content-type-options', 'nosniff')
  @ApiOperation({ summary: 'A hub makes sure that its subscription was wanted' })
  @ApiProblems(400, 404, 503)
  async verify(
    @Param('token', { schema: Token }) token: string,
    @Query({ schema: HubQuery }) query: HubQuery,
  ): Promise<string> {
    return this.handler.verify(token, {
      mode: query['hub.mode'],
      topic: query['hub.topic'],
      challenge: query['hub.challenge'],
      leaseSeconds: query['hub.lease_seconds'] ?? 0,
    });
  }

  @Post(':token')
  @HttpCode(202)
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({ summary: 'A hub pushes what is new in a feed' })
  @ApiProblems(400, 410, 413, 415, 503)
  async receive(
    @Param('token', { schema: Token }) token: string,
    @Body() source: Readable | undefined,
    @Headers() headers: PushHeaders,
  ): Promise<void> {
    const contentEncoding = headers['content-encoding'];
    const body =
      source === undefined
        ? Buffer.alloc(0)
        : await readBody(source, { contentEncoding, maxBytes: MAX_BODY_BYTES });
    const contentType = headers['content-type'] ?? null;
    await this.handler.receive(token, { body, contentType, signature: headers['x-hub-signature'] });
  }
}
