import type { Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from './testing/gateway-under-test.ts';

let gateway: GatewayUnderTest | undefined;

async function inject(options: object, env: Record<string, string> = {}) {
  gateway ??= await startGateway(env);
  return gateway.app.inject({ headers: { host: 'localhost:8080' }, ...options });
}

afterEach(async () => {
  await gateway?.app.close();
  gateway = undefined;
});

describe('the gateway', () => {
  it('compiles its module and answers its health', async () => {
    const answer = await inject({ url: '/health/live' });
    expect(answer.statusCode).toBe(200);
  });

  it('documents every route of its own at /openapi.json', async () => {
    const answer = await inject({ url: '/openapi.json' });
    const { paths } = answer.json<{ paths: Record<string, Record<string, unknown>> }>();
    expect(
      Object.keys(paths)
        .filter((path) => path.startsWith('/api/'))
        .toSorted(),
    ).toEqual([
      '/api/v1/articles',
      '/api/v1/articles/batch',
      '/api/v1/articles/{id}',
      '/api/v1/articles/{id}/diff',
      '/api/v1/articles/{id}/revisions',
      '/api/v1/articles/{id}/revisions/{revision}',
      '/api/v1/articles/{id}/similar',
      '/api/v1/articles/{id}/trail',
      '/api/v1/changes',
      '/api/v1/explain',
      '/api/v1/export',
      '/api/v1/import',
      '/api/v1/sources',
      '/api/v1/sources/opml',
      '/api/v1/sources/preview',
      '/api/v1/sources/{id}',
      '/api/v1/stories',
      '/api/v1/stories/{id}',
      '/api/v1/stream',
      '/api/v1/trail',
    ]);
    expect(Object.keys(paths['/api/v1/articles'] ?? {}).toSorted()).toEqual(['get', 'post']);
  });

  it('is readable at /docs', async () => {
    const answer = await inject({ url: '/docs' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
  });
});

describe('errors of the gateway', () => {
  it('are problem details with a code where a route is unknown', async () => {
    const answer = await inject({ url: '/api/v1/nothing' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({
      status: 404,
      title: 'Not Found',
      code: 'ROUTE_NOT_FOUND',
    });
  });

  it('name the methods that a path does take', async () => {
    const answer = await inject({ method: 'PUT', url: '/api/v1/articles' });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
    expect(answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('are problem details for an address that cannot be decoded', async () => {
    const answer = await inject({ url: '/api/v1/articles/%E0%A4%A' });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.statusCode).toBe(400);
  });
});

describe('a slow client of the gateway', () => {
  it('has a minute for its headers, and two for silence', async () => {
    gateway = await startGateway();
    const server = gateway.app.getHttpServer() as Server;
    expect([server.headersTimeout, server.timeout]).toEqual([60_000, 120_000]);
  });
});

describe('access to the gateway', () => {
  it('refuses a Host that is not of this machine, on unknown routes too', async () => {
    for (const url of ['/api/v1/articles', '/nothing']) {
      const answer = await inject({ url, headers: { host: 'evil.example' } });
      expect(answer.statusCode).toBe(421);
      expect(answer.json()).toMatchObject({ code: 'HOST_NOT_ALLOWED' });
    }
  });

  it('lets hosts in that are listed', async () => {
    const env = { ALLOWED_HOSTS: 'news.example' };
    const answer = await inject(
      { url: '/api/v1/articles', headers: { host: 'news.example' } },
      env,
    );
    expect(answer.statusCode).toBe(200);
  });

  it('takes no write from a page of another origin', async () => {
    const answer = await inject({
      method: 'POST',
      url: '/api/v1/articles',
      headers: {
        host: 'localhost:8080',
        origin: 'https://evil.example',
        'content-type': 'text/plain',
      },
      payload: 'x'.repeat(300),
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'FOREIGN_ORIGIN' });
    expect(gateway?.log.records).toEqual([]);
  });

  it('leaves health and metrics to probes by any name', async () => {
    for (const url of ['/health/live', '/metrics']) {
      const answer = await inject({ url, headers: { host: 'gateway:8080' } });
      expect(answer.statusCode).toBe(200);
    }
  });
});

describe('the settings of the gateway', () => {
  it('do not open a gateway without keys to the network by accident', async () => {
    await expect(startGateway({ HTTP_BIND: '0.0.0.0' })).rejects.toThrow(/HTTP_BIND .*AUTH=none/);
    gateway = await startGateway({ HTTP_BIND: '0.0.0.0', AUTH_NONE_BEHIND_LOOPBACK: 'true' });
    expect(gateway.app).toBeDefined();
  });
});
