import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/problem.filter.ts';
import { Problem } from '../http/problem.errors.ts';
import { decideAccess } from './decide-access.ts';

/** Runs before routing matters, so that unknown routes and bodies are behind it too. */
export function guardAccess(server: FastifyInstance, allowedHosts: readonly string[]): void {
  server.addHook('onRequest', (request, reply, done) => {
    const decision = decideAccess(factsOf(request), allowedHosts);
    if (decision.kind === 'allowed') return done();
    sendProblem(reply, new Problem(decision.status, decision.code, decision.detail));
  });
}

function factsOf(request: FastifyRequest) {
  const { headers } = request;
  const fetchSite = headers['sec-fetch-site'];
  return {
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '',
    host: headers.host,
    origin: headers.origin,
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
  };
}
