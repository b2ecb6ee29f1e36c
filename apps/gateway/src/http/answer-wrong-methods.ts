import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.errors.ts';
import { sendProblem } from './problem.filter.ts';
import { RouteMethods } from './route-methods.ts';

/** 405 with `Allow` where the path exists and the method does not; routers only know 404. */
export function answerWrongMethods(server: FastifyInstance): void {
  const routes = new RouteMethods();
  server.addHook('onRoute', (route) => routes.add(route.url, [route.method].flat()));
  server.addHook('onRequest', (request, reply, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (!request.is404 && !routes.isWrongFor(path, request.method)) return done();
    const allowed = routes.allowedFor(path);
    if (allowed.length === 0 || allowed.includes(request.method)) return done();
    const detail = `the route takes ${allowed.join(', ')}`;
    const headers = { allow: allowed.join(', ') };
    sendProblem(reply, new Problem(405, 'METHOD_NOT_ALLOWED', detail, { headers }));
  });
}
