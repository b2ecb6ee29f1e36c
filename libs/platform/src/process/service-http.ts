import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { traceIdOf, withLogContext } from '../logging/log-context.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** A request that is still under way so long after the stop began loses its connection. */
const REQUESTS_FINISH_MS = 10_000;

/** Times every answer by route pattern. */
export function observeHttp(app: NestFastifyApplication, metrics: Metrics): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      metrics.observeHttp({
        method: request.method,
        route: request.routeOptions.url ?? 'unmatched',
        status: reply.statusCode,
        seconds: reply.elapsedTime / 1_000,
      });
      done();
    });
}

/** What is logged while a request is worked on carries its trace id. */
export function followTraces(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, _reply, done) => {
      const { traceparent } = request.headers;
      const traceId = traceIdOf(typeof traceparent === 'string' ? traceparent : null);
      if (traceId === null) done();
      else withLogContext({ traceId }, done);
    });
}

/** One client that stops reading or sending must not use up the time that stopping has. */
export function limitHttpStop(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('preClose', (done) => {
    setTimeout(() => server.server.closeAllConnections(), REQUESTS_FINISH_MS).unref();
    done();
  });
}
