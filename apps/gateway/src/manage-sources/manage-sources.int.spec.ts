import { gzipSync } from 'node:zlib';
import { parsePrivateAccess } from '@broadsheet/http-client';
import { type Pool, SourceRepository } from '@broadsheet/persistence';
import { createLogger, createServiceApp } from '@broadsheet/platform';
import { createTestDatabase, SiteServer, type TestDatabase } from '@broadsheet/testing';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configureGateway, createAdapter } from '../gateway-app.ts';
import { ProblemFilter } from '../http/problem.filter.ts';
import { SchemaPipe } from '../http/schema.pipe.ts';
import { ManageSourcesModule } from './manage-sources.module.ts';
import { SourcePreviewView } from './preview-source.controller.ts';
import { SourcePage, SourceView } from './source-view.ts';

const FEED = 'https://news.example/feed.xml';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let database: TestDatabase;
let pool: Pool;
let app: NestFastifyApplication;

class StoreModule {}
class RoutesModule {}

async function startApp(): Promise<NestFastifyApplication> {
  const repository = { provide: SourceRepository, useFactory: () => new SourceRepository(pool) };
  const store = { module: StoreModule, providers: [repository], exports: [SourceRepository] };
  const started = await createServiceApp(
    {
      name: 'gateway',
      adapter: createAdapter,
      module: () => ({
        module: RoutesModule,
        imports: [ManageSourcesModule.forService(store)],
        providers: [
          { provide: APP_FILTER, useClass: ProblemFilter },
          { provide: APP_PIPE, useClass: SchemaPipe },
        ],
      }),
      configure: (gateway) => configureGateway(gateway, { ALLOWED_HOSTS: [] }),
    },
    {
      HTTP_PORT: 0,
      HTTP_BIND: '127.0.0.1',
      LOG_LEVEL: 'silent',
      FETCH_ALLOW_PRIVATE: parsePrivateAccess('127.0.0.1'),
    },
    createLogger({ service: 'gateway', level: 'silent' }),
  );
  await started.init();
  await started.getHttpAdapter().getInstance().ready();
  return started;
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  app = await startApp();
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE source CASCADE');
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

function call(method: Method, path: string, body?: unknown) {
  const json = { 'content-type': 'application/json' };
  const headers = { host: 'localhost:8080', ...(body === undefined ? {} : json) };
  const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
  return app.inject({ method, url: `/api/v1/sources${path}`, headers, ...payload });
}

async function follow(url: string): Promise<string> {
  const answer = await call('POST', '', { url });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ id: string }>().id;
}

describe('POST /api/v1/sources', () => {
  it('follows a feed and answers with the source and where it is', async () => {
    const answer = await call('POST', '', {
      url: ' HTTPS://News.example:443/feed.xml#top ',
      name: ' News ',
    });
    expect(answer.statusCode).toBe(201);
    const source = SourceView.parse(answer.json());
    expect(source).toMatchObject({ url: FEED, name: 'News', enabled: true });
    expect(source.health).toEqual({
      lastPolledAt: null,
      lastSuccessAt: null,
      lastError: null,
      nextPollAt: null,
      nextPollReason: null,
      askedWholeBecause: null,
      itemsSeen: 0,
      itemsPerDay: null,
      feedUrl: null,
      intervalMs: null,
      consecutiveFailures: 0,
      lastItemAt: null,
      itemGapMs: null,
      silent: false,
    });
    expect(answer.headers['location']).toBe(`/api/v1/sources/${source.id}`);
  });

  it('refuses a second source with the same address and says where the first is', async () => {
    const id = await follow(FEED);
    const answer = await call('POST', '', { url: `${FEED}#x` });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'SOURCE_EXISTS' });
    expect(answer.headers['location']).toBe(`/api/v1/sources/${id}`);
  });

  it.each([
    [{ url: 'ftp://news.example/feed' }, 'url'],
    [{ url: 'file:///etc/passwd' }, 'url'],
    [{ url: '/feed' }, 'url'],
    [{ url: 'https://me:secret@news.example/' }, 'url'],
    [{ url: `https://news.example/${'x'.repeat(2_000)}` }, 'url'],
    [{ url: 7 }, 'url'],
    [{}, 'url'],
    [{ url: FEED, name: '' }, 'name'],
    [{ url: FEED, name: 'a\u0000b' }, 'name'],
    [{ url: FEED, enabled: true }, 'enabled'],
  ])('refuses %j, naming %s', async (body, name) => {
    const answer = await call('POST', '', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'BODY_INVALID', errors: [{ in: 'body', name }] });
    expect((await call('GET', '')).json()).toEqual({ items: [], next: null });
  });
});

describe('the selector of a source', () => {
  it('is kept, shown, changed and taken away', async () => {
    const made = await call('POST', '', { url: FEED, selector: ' main h3 > a ' });
    const { id, selector } = SourceView.parse(made.json());
    expect([made.statusCode, selector]).toEqual([201, 'main h3 > a']);
    const change = async (body: unknown) =>
      SourceView.parse((await call('PATCH', `/${id}`, body)).json()).selector;
    expect(await change({ name: 'News' })).toBe('main h3 > a');
    expect(await change({ selector: '.news a' })).toBe('.news a');
    expect(await change({ selector: null })).toBeNull();
  });

  it.each([
    ['a[href', 'SELECTOR_INVALID'],
    ['a\u0000', 'SELECTOR_INVALID'],
    ['a'.repeat(10_000), 'SELECTOR_TOO_COSTLY'],
    ['a:has(b:has(i:has(u)))', 'SELECTOR_TOO_COSTLY'],
  ])('%j is refused everywhere: %s', async (selector, code) => {
    const id = await follow('https://other.example/');
    const answers = [
      await call('POST', '', { url: FEED, selector }),
      await call('PATCH', `/${id}`, { selector }),
      await call('POST', '/preview', { url: FEED, selector }),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code, errors: [{ in: 'body', name: 'selector' }] });
    }
  });
});

describe('GET /api/v1/sources', () => {
  it('lists every source once, page by page, in the order of adding', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push(await follow(`https://site${i}.example/feed`));
    const listed: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await call('GET', `?limit=2${cursor && `&cursor=${cursor}`}`);
      const page: SourcePage = SourcePage.parse(answer.json());
      listed.push(...page.items.map((source) => source.id));
      cursor = page.next;
    }
    expect(listed.toSorted()).toEqual(ids.toSorted());
    expect(listed[0]).toBe(ids[0]);
  });

  it.each([
    ['?limit=0', 'PARAMETER_INVALID'],
    ['?limit=201', 'PARAMETER_INVALID'],
    ['?page=2', 'PARAMETER_UNKNOWN'],
    ['?cursor=nonsense', 'CURSOR_INVALID'],
    ['/no-uuid', 'PARAMETER_INVALID'],
  ])('answers 400 to %s with %s', async (path, code) => {
    const answer = await call('GET', path);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code });
  });
});

describe('one source', () => {
  it('is renamed, paused and shown as it is now', async () => {
    const id = await follow(FEED);
    const answer = await call('PATCH', `/${id}`, { name: 'Daily', enabled: false });
    expect(answer.statusCode).toBe(200);
    expect(SourceView.parse(answer.json())).toMatchObject({ name: 'Daily', enabled: false });
    await call('PATCH', `/${id}`, { name: null });
    expect((await call('GET', `/${id}`)).json()).toMatchObject({ name: null, enabled: false });
  });

  it('is not followed any more when it is deleted', async () => {
    const id = await follow(FEED);
    const answer = await call('DELETE', `/${id}`);
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect((await call('GET', `/${id}`)).statusCode).toBe(404);
    await follow(FEED);
  });

  it.each([
    ['GET', undefined],
    ['PATCH', { enabled: true }],
    ['DELETE', undefined],
  ] as const)('that does not exist is 404 to %s', async (method, body) => {
    const answer = await call(method, `/${UNKNOWN}`, body);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'SOURCE_NOT_FOUND' });
  });

  it.each([[{}], [{ url: 'https://other.example/' }], [{ enabled: 'yes' }]])(
    'is not changed by %j',
    async (body) => {
      const id = await follow(FEED);
      const answer = await call('PATCH', `/${id}`, body);
      expect(answer.statusCode).toBe(422);
      expect((await call('GET', `/${id}`)).json()).toMatchObject({ url: FEED, enabled: true });
    },
  );
});

describe('POST /api/v1/sources/preview', () => {
  const RSS =
    '<rss version="2.0"><channel><title>Daily</title><item><title>One</title><link>/1</link>' +
    '<pubDate>Thu, 15 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>';

  it('reads the beginning of a source without end', async () => {
    const site = await SiteServer.start();
    const item = '<item><title>One</title><link>/1</link></item>';
    const body = `<rss version="2.0"><channel>${item.repeat(100_000)}</channel></rss>`;
    site.on('/feed', { body });
    site.on('/bomb.gz', { body: gzipSync(Buffer.alloc(40_000_000, item)) });
    const feed = await call('POST', '/preview', { url: `${site.origin}/feed` });
    const bomb = await call('POST', '/preview', { url: `${site.origin}/bomb.gz` });
    await site.stop();
    expect(feed.json()).toMatchObject({ kind: 'feed', items: { length: 20 } });
    expect(bomb.json()).toMatchObject({ kind: 'unreadable' });
  });

  it('shows what the feed of a home page would give, and stores nothing', async () => {
    const site = await SiteServer.start();
    site.on('/', {
      headers: { 'content-type': 'text/html' },
      body: '<link rel=alternate type=application/rss+xml href=/feed>',
    });
    site.on('/feed', { body: RSS });
    const answer = await call('POST', '/preview', { url: site.origin });
    await site.stop();
    expect(answer.statusCode).toBe(200);
    expect(SourcePreviewView.parse(answer.json())).toEqual({
      url: `${site.origin}/feed`,
      kind: 'feed',
      title: 'Daily',
      candidates: [],
      items: [{ url: `${site.origin}/1`, title: 'One', publishedAt: '2026-01-15T10:00:00.000Z' }],
    });
    expect((await call('GET', '')).json()).toMatchObject({ items: [] });
  });

  it('shows the articles that a page lists where it names no feed', async () => {
    const site = await SiteServer.start();
    const link =
      '<h2><a href="/2026/01/15/old-bridge-to-close">Old bridge to close in March</a></h2>';
    site.on('/', { headers: { 'content-type': 'text/html' }, body: `<html>${link}</html>` });
    const answer = await call('POST', '/preview', { url: `${site.origin}/` });
    await site.stop();
    expect(SourcePreviewView.parse(answer.json())).toMatchObject({
      kind: 'page',
      items: [
        {
          url: `${site.origin}/2026/01/15/old-bridge-to-close`,
          title: 'Old bridge to close in March',
          publishedAt: null,
        },
      ],
    });
  });

  it('shows what a selector names on a page, though it names a feed', async () => {
    const site = await SiteServer.start();
    const html =
      '<link rel=alternate type=application/rss+xml href=/feed><p class=n><a href=/x>X</a></p>';
    site.on('/', { headers: { 'content-type': 'text/html' }, body: html });
    const url = `${site.origin}/`;
    const answer = await call('POST', '/preview', { url, selector: '.n' });
    site.on('/', { headers: { 'content-type': 'text/html' }, body: '<b></b>'.repeat(50_000) });
    const costly = await call('POST', '/preview', { url, selector: 'i ~ b' });
    await site.stop();
    expect(SourcePreviewView.parse(answer.json())).toEqual({
      url,
      kind: 'page',
      title: null,
      candidates: [`${site.origin}/feed`],
      items: [{ url: `${site.origin}/x`, title: 'X', publishedAt: null }],
    });
    expect([costly.statusCode, costly.json<{ code: string }>().code]).toEqual([
      422,
      'SELECTOR_TOO_COSTLY',
    ]);
  });

  it('says why a source cannot be read', async () => {
    const answer = await call('POST', '/preview', { url: 'http://10.0.0.1/feed' });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'SOURCE_NOT_READABLE' });
    expect(answer.json<{ detail: string }>().detail).toContain('ADDRESS_REFUSED');
  });
});

describe('OPML', () => {
  function importOpml(payload: string) {
    const headers = { host: 'localhost:8080', 'content-type': 'text/x-opml' };
    return app.inject({ method: 'POST', url: '/api/v1/sources/opml', headers, payload });
  }

  it('comes in with its folders and goes out as it came', async () => {
    await follow(FEED);
    const opml =
      '<opml version="2.0"><body><outline text="World">' +
      '<outline text="Daily &amp; co" xmlUrl="feed:https://daily.example/feed"/></outline>' +
      `<outline text="Known" xmlUrl="${FEED}"/><outline text="No" xmlUrl="ftp://x.example/"/>` +
      '</body></opml>';
    const answer = await importOpml(opml);
    expect(answer.json()).toEqual({ added: 1, existing: 1, refused: ['ftp://x.example/'] });
    const listed = SourcePage.parse((await call('GET', '')).json());
    expect(listed.items.map(({ url, name, folder }) => [url, name, folder])).toEqual([
      [FEED, null, null],
      ['https://daily.example/feed', 'Daily & co', 'World'],
    ]);
    const out = await call('GET', '/opml');
    expect(out.headers['content-type']).toBe('text/x-opml; charset=utf-8');
    expect(out.body).toContain('<outline text="World" title="World">');
    await pool.query('TRUNCATE source CASCADE');
    expect((await importOpml(out.body)).json()).toMatchObject({ added: 2, refused: [] });
  });

  it('is refused where it is none', async () => {
    const answer = await importOpml('<html></html>');
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      422,
      'OPML_INVALID',
    ]);
  });
});
