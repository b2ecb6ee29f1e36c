import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Metrics } from '../metrics/metrics.ts';

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
