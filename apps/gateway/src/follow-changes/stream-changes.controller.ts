import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems.decorator.ts';
import { Problem } from '../http/problem.errors.ts';
import { ChangeFeed } from './change-feed.ts';
import { ChangeView, Position } from './change-view.ts';
import { OpenStreams } from './open-streams.ts';

const StreamQuery = z.strictObject({
  after: Position.optional().meta({
    description: 'where to begin, for clients that cannot set Last-Event-ID; without either: now',
  }),
});
type StreamQuery = z.infer<typeof StreamQuery>;

@ApiTags('changes')
@Controller('api/v1/stream')
export class StreamChangesController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly streams: OpenStreams,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The changes as Server-Sent Events, live; the id of each event is its position',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'the position to go on from' })
  @ApiProduces('text/event-stream')
  @ApiResponse({ status: 200, standardSchema: ChangeView, description: 'the data of each event' })
  @ApiProblems(400, 503, 504)
  async stream(
    @Query({ schema: StreamQuery }) { after }: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const from = resumePosition(lastEventId) ?? after ?? (await this.feed.latest());
    const { stream, close } = this.streams.start((signal) => this.feed.follow(from, signal));
    // Also where the stream is not read to its end: the client went away, or asked for the head alone.
    reply.raw.once('close', close);
    void reply
      .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .type('text/event-stream; charset=utf-8')
      .send(stream);
  }
}

/** @throws {Problem} PARAMETER_INVALID */
function resumePosition(lastEventId: string | undefined): string | null {
  if (lastEventId === undefined || lastEventId === '') return null;
  const position = Position.safeParse(lastEventId);
  if (position.success) return position.data;
  throw new Problem(400, 'PARAMETER_INVALID', 'Last-Event-ID is not a position of the change log');
}
