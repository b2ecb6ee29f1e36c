import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { ArticleWriter, type Pool } from '@broadsheet/persistence';
import {
  articleArrival,
  createTestDatabase,
  testBrokers,
  type TestDatabase,
} from '@broadsheet/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemDocument } from './http/problem-document.ts';
import { INJECTIONS } from './testing/hostile-values.ts';
import { startRealGateway } from './testing/real-gateway.ts';

const REQUESTS = Number(process.env['HOSTILE_REQUESTS'] ?? 600);
const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261_124);
const ARTICLES = 40;
/** Words of the database and its driver that no answer may hold. */
const DATABASE_TALK =
  /syntax error|SQLSTATE|pg_catalog|relation "|column "|postgres|tsquery|at character/i;

let database: TestDatabase;
let pool: Pool;
let app: NestFastifyApplication;
let port: number;
let ids: string[];
let routes: Route[];

const NESTED = fc
  .tuple(
    fc.integer({ min: 1, max: 900 }),
    fc.constantFrom('()', '(a', '-(', 'a or (', '"', 'title:('),
  )
  .map(([depth, piece]) => piece.repeat(depth));

const LONG = fc
  .tuple(
    fc.integer({ min: 1, max: 30_000 }),
    fc.constantFrom('a', '*', ' a', "'", '%', 'é', '0', '-'),
  )
  .map(([length, piece]) => piece.repeat(length).slice(0, 30_000));

const MIXED = fc
  .tuple(
    fc.constantFrom(...INJECTIONS),
    fc.constantFrom(...INJECTIONS),
    fc.string({ unit: 'binary' }),
  )
  .map(([first, second, between]) => `${first}${between}${second}`);

/** Values that no friend would send. */
const HOSTILE_VALUE: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...INJECTIONS) },
  { weight: 3, arbitrary: MIXED },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: NESTED },
  { weight: 1, arbitrary: LONG },
);

interface Route {
  readonly path: string;
  readonly parameters: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  ids = Array.from({ length: ARTICLES }, () => randomUUID());
  await new ArticleWriter(pool).apply(ids.map((id) => articleArrival({ id })));
  app = await startRealGateway({ brokers: testBrokers(), databaseUrl: database.url });
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
  routes = await readRoutes();
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

/** All that is read, but the stream, which never ends. */
async function readRoutes(): Promise<Route[]> {
  const { paths } = JSON.parse((await get('/openapi.json')).body) as OpenAPIObject;
  return Object.entries(paths).flatMap(([path, item]) => {
    if (item.get === undefined || path === '/api/v1/stream') return [];
    const parameters = (item.get.parameters ?? []) as { name: string; in: string }[];
    return [
      { path, parameters: parameters.filter((one) => one.in === 'query').map(({ name }) => name) },
    ];
  });
}

/** As written: neither checked nor normalised on the way. */
function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, path, headers: { host: 'localhost', ...headers }, agent: false };
    const asked = request({ ...options, host: '127.0.0.1' }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.once('end', () => {
        const type = String(answer.headers['content-type']);
        resolve({ status: answer.statusCode ?? 0, type, body });
      });
      answer.once('error', reject);
    });
    asked.once('error', reject).end();
  });
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Any of its own parameters, twice at times, and ones that it does not have. */
function queryOf(route: Route): fc.Arbitrary<string> {
  const names = [...route.parameters, 'cursor', 'limit', '__proto__', 'constructor', "a'b", 'q[]'];
  const pair = fc
    .tuple(fc.constantFrom(...names), HOSTILE_VALUE)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return fc.array(pair, { minLength: 1, maxLength: 4 }).map((pairs) => pairs.join('&'));
}

function ownQueryOf(route: Route): fc.Arbitrary<string> {
  if (route.parameters.length === 0) return queryOf(route);
  return fc
    .tuple(fc.constantFrom(...route.parameters), HOSTILE_VALUE)
    .map(([name, value]) => `${name}=${encoded(value)}`);
}

function pathOf({ path }: Route): fc.Arbitrary<string> {
  const value = fc.oneof(fc.constantFrom(...ids), HOSTILE_VALUE);
  return fc
    .tuple(value, HOSTILE_VALUE)
    .map(([id, other]) =>
      path
        .replace('{id}', () => encoded(id))
        .replaceAll(/\{[a-z]+\}/gi, () => encoded(other).slice(0, 400)),
    );
}

function hostileAddress(): fc.Arbitrary<string> {
  return fc
    .constantFrom(...routes)
    .chain((route) =>
      fc
        .tuple(pathOf(route), fc.oneof(queryOf(route), ownQueryOf(route)))
        .map(([path, query]) => `${path}?${query}`),
    );
}

function check(address: string, { status, type, body }: Answer): void {
  const told = `${address.slice(0, 500)} gave ${status} ${body.slice(0, 500)}`;
  if (status < 400) {
    expect(told.startsWith(address.slice(0, 10)) && [200, 304].includes(status)).toBe(true);
    return;
  }
  if (status > 499 || !type.startsWith('application/problem+json')) throw new Error(told);
  const { code, errors, detail } = ProblemDocument.parse(JSON.parse(body));
  expect(code).toMatch(/^[A-Z_]+$/);
  // A parameter's name is the client's own word; everything else is the gateway's.
  const own = [detail, ...(errors ?? []).map((part) => part.detail)].join(' ');
  if (DATABASE_TALK.test(own)) throw new Error(told);
}

describe('hostile requests', () => {
  it(`get 200 or 4xx with a code, ${REQUESTS} times`, { timeout: 1_800_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostileAddress(), async (address) => check(address, await get(address))),
      { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
    );
  });

  it('leave the articles alone, and no statement behind', async () => {
    const { rows } = await pool.query<{ articles: string; active: string }>(
      `SELECT (SELECT count(*) FROM article) AS articles, (SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()) AS active`,
    );
    expect(rows).toEqual([{ articles: String(ARTICLES), active: '0' }]);
  });

  it('cannot send a cursor that was changed by a letter', async () => {
    const { next } = JSON.parse((await get('/api/v1/articles?limit=2')).body) as { next: string };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(next.length - 1),
        fc.constantFrom(...'aZ0-_='),
        async (at, letter) => {
          fc.pre(next[at] !== letter);
          const changed = next.slice(0, at) + letter + next.slice(at + 1);
          const { status, body } = await get(`/api/v1/articles?limit=2&cursor=${encoded(changed)}`);
          // A letter may hold bits that base64 does not read.
          if (status !== 200) expect(JSON.parse(body)).toMatchObject({ code: 'CURSOR_INVALID' });
          else expect(Buffer.from(changed, 'base64url')).toEqual(Buffer.from(next, 'base64url'));
        },
      ),
      { numRuns: 60, seed: SEED },
    );
  });

  it.each([
    ['an address beyond all measure', `/api/v1/articles?q=${'a'.repeat(60_000)}`, {}, 431],
    ['a header beyond all measure', '/api/v1/articles', { 'x-long': 'a'.repeat(60_000) }, 431],
    ['a thousand parameters', `/api/v1/articles?${'a=1&'.repeat(1_000)}`, {}, 400],
    ['an id beyond all measure', `/api/v1/articles/${'a'.repeat(5_000)}`, {}, 414],
    ['a validator beyond reason', '/feeds/search.rss', { 'if-none-match': '"'.repeat(5_000) }, 200],
  ])('with %s are answered', async (_name, path, headers, status) => {
    expect((await get(path, headers)).status).toBe(status);
  });
});
