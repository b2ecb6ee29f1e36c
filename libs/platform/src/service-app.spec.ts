import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { HealthChecks } from './health/health-checks.ts';
import { currentLogContext } from './logging/log-context.ts';
import { createLogger } from './logging/service-logger.ts';
import { SETTINGS } from './platform.module.ts';
import { createServiceApp } from './service-app.ts';

const settings = {
  HTTP_PORT: 0,
  HTTP_BIND: '127.0.0.1',
  LOG_LEVEL: 'silent',
  word: 'hello',
} as const;

class EmptyModule {}

let app: NestFastifyApplication | undefined;

async function started(): Promise<NestFastifyApplication> {
  const logger = createLogger({ service: 'spec', level: 'silent' });
  const definition = {
    name: 'spec',
    module: () => EmptyModule,
    configure: (service: NestFastifyApplication, own: typeof settings) => {
      service
        .getHttpAdapter()
        .getInstance()
        .get('/words/:word', async () => {
          await Promise.resolve();
          return currentLogContext().traceId ?? own.word;
        });
    },
  };
  app = await createServiceApp(definition, settings, logger);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

afterEach(async () => {
  await app?.close();
  app = undefined;
});

describe('a service', () => {
  it('gives its settings to its routes and its providers', async () => {
    const service = await started();
    expect((await service.inject('/words/any')).body).toBe('hello');
    expect(service.get(SETTINGS)).toBe(settings);
  });

  it('answers both health routes while nothing is wrong', async () => {
    const service = await started();
    for (const url of ['/health/live', '/health/ready']) {
      const answer = await service.inject(url);
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toEqual({ status: 'ok', checks: {} });
    }
  });

  it('says 503 and the reason when a part is away, and stays alive', async () => {
    const service = await started();
    const checks = service.get(HealthChecks);
    checks.addReadiness({ name: 'postgres', run: () => ({ ok: false, reason: 'not reachable' }) });
    checks.addReadiness({ name: 'kafka', run: () => Promise.reject(new Error('secret host')) });
    const ready = await service.inject('/health/ready');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toEqual({
      status: 'unavailable',
      checks: {
        postgres: { ok: false, reason: 'not reachable' },
        kafka: { ok: false, reason: 'the check failed' },
      },
    });
    expect((await service.inject('/health/live')).statusCode).toBe(200);
  });

  it('knows the trace of a request wherever it is worked on', async () => {
    const service = await started();
    const traceId = 'ab'.repeat(16);
    const headers = { traceparent: `00-${traceId}-${'12'.repeat(8)}-01` };
    expect((await service.inject({ url: '/words/any', headers })).body).toBe(traceId);
    expect((await service.inject('/words/any')).body).toBe('hello');
  });

  it('counts answers by route pattern, never by address', async () => {
    const service = await started();
    await service.inject('/words/one');
    await service.inject('/words/two');
    const metrics = await service.inject('/metrics');
    expect(metrics.headers['content-type']).toMatch(/^text\/plain/);
    expect(metrics.body).toContain(
      'http_request_duration_seconds_count{service="spec",method="GET",route="/words/:word",status="200"} 2',
    );
    expect(metrics.body).toContain('process_cpu_seconds_total');
    expect(metrics.body).not.toContain('/words/one');
  });
});
