import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../http/problem-codes.ts';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Answer = { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };

/** The document itself and its pages. */
const UNDOCUMENTED = /^\/(docs|openapi\.json)/;
const WITHOUT_CONTENT = new Set(['202', '204', '304']);

let gateway: GatewayUnderTest;
let document: OpenAPIObject;
let operations: [string, Operation][];

beforeAll(async () => {
  gateway = await startGateway();
  const answer = await gateway.app.inject({
    url: '/openapi.json',
    headers: { host: 'localhost:8080' },
  });
  document = answer.json<OpenAPIObject>();
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [[`${method} ${path}`, operation] as const];
    }),
  ) as [string, Operation][];
});
afterAll(() => gateway.app.close());

function answersOf(operation: Operation): [string, Answer][] {
  return Object.entries(operation.responses) as [string, Answer][];
}

describe('the OpenAPI document', () => {
  it('holds every route that the server has', () => {
    const routes = gateway.routes
      .filter(({ url, method }) => method !== 'HEAD' && !UNDOCUMENTED.test(url))
      .map(({ url, method }) => `${method.toLowerCase()} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(routes.length).toBeGreaterThan(25);
    expect(operations.map(([name]) => name).toSorted()).toEqual(routes.toSorted());
  });

  it('has a schema for each answer that has content', () => {
    const without = operations.flatMap(([name, operation]) =>
      answersOf(operation)
        .filter(([status]) => !WITHOUT_CONTENT.has(status))
        .filter(([, { content = {} }]) => {
          const schemas = Object.values(content).map(({ schema }) => schema);
          return schemas.length === 0 || schemas.includes(undefined);
        })
        .map(([status]) => `${name} ${status}`),
    );
    expect(without).toEqual([]);
  });

  it('has a schema for each parameter and each body', () => {
    const without = operations.filter(([, { parameters = [], requestBody }]) => {
      const contents = requestBody && 'content' in requestBody ? requestBody.content : {};
      const described = [...parameters, ...Object.values(contents)];
      return described.some(
        (one) => !('schema' in one) || Object.keys(one.schema ?? {}).length === 0,
      );
    });
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it('answers every error but those of probes as problem details with their codes', () => {
    for (const [name, operation] of operations.filter(([path]) => !path.includes(' /health/'))) {
      for (const [status, { content }] of answersOf(operation)) {
        if (Number(status) < 400) continue;
        expect(Object.keys(content ?? {}), `${name} ${status}`).toEqual([
          'application/problem+json',
        ]);
        const written = JSON.stringify(content);
        expect(written).toContain(
          JSON.stringify(PROBLEM_CODES[Number(status) as keyof typeof PROBLEM_CODES]),
        );
      }
    }
  });

  it('refers to nothing that it does not hold', () => {
    const names = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map((at) => at[1]);
    const held = Object.keys(document.components?.schemas ?? {});
    expect(new Set(names)).toEqual(
      new Set(
        held.map((name) => `#/components/schemas/${name}`).filter((at) => names.includes(at)),
      ),
    );
  });
});
