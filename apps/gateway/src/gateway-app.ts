import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { guardAccess } from './access/guard-access.ts';
import { documentRoutes } from './documentation/document-routes.ts';
import type { GatewaySettings } from './gateway.settings.ts';
import { parseBodies } from './http/body-parsing.ts';
import { answerUnreadable } from './http/answer-unreadable.ts';
import { answerWrongMethods } from './http/answer-wrong-methods.ts';
import { sendProblem } from './http/problem.filter.ts';
import { toProblem } from './http/to-problem.ts';

const IDLE_CONNECTION_MS = 120_000;

/** The HTTP server of the gateway; what fails before a route is found is told as problems too. */
export function createAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    connectionTimeout: IDLE_CONNECTION_MS,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply, toProblem(error));
    },
  });
}

export function configureGateway(
  app: NestFastifyApplication,
  settings: Pick<GatewaySettings, 'ALLOWED_HOSTS'>,
): void {
  const server = app.getHttpAdapter().getInstance();
  guardAccess(server, settings.ALLOWED_HOSTS);
  answerWrongMethods(server);
  parseBodies(server);
  documentRoutes(app);
}
