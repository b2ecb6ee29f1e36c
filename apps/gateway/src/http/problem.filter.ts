import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, problemDocument } from './problem-document.ts';
import type { Problem } from './problem.errors.ts';
import { toProblem } from './to-problem.ts';

/** Turns whatever was thrown into problem details; only the unexpected is logged as an error. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Gateway');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = toProblem(error);
    if (problem.status >= 500) this.report(problem, error, request);
    sendProblem(http.getResponse<FastifyReply>(), problem);
  }

  private report(problem: Problem, error: unknown, request: FastifyRequest): void {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unmatched';
    const line = { msg: problem.code, method, route };
    if (problem.code === 'INTERNAL_ERROR') this.logger.error({ ...line, err: error });
    else this.logger.warn({ ...line, reason: error instanceof Error ? error.message : null });
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (reply.sent) return;
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('content-type', PROBLEM_TYPE)
    .header('cache-control', 'no-store')
    .send(problemDocument(problem));
}
