import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArticleView } from '../search-articles/article-view.ts';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';
import { RevisionSummaryView, RevisionView } from './revision-view.ts';

const ALIAS = '11111111-2222-5333-8444-555555555555';
const {
  id,
  duplicateOf: _none,
  storyId: _story,
  firstSeenAt,
  updatedAt: _updated,
  ...content
} = storedArticle();

let gateway: GatewayUnderTest;

beforeEach(async () => {
  gateway = await startGateway();
  gateway.store.articles = [storedArticle()];
  gateway.store.aliases.set(ALIAS, id);
});
afterEach(() => gateway.app.close());

function get(path: string, headers: Record<string, string> = {}) {
  return gateway.app.inject({
    url: `/api/v1/articles/${path}`,
    headers: { host: 'localhost:8080', ...headers },
  });
}

describe('getting an article', () => {
  it('answers as documented', async () => {
    const answer = await get(id);
    expect(answer.statusCode).toBe(200);
    expect(ArticleView.parse(answer.json())).toMatchObject({ id, storyId: null });
  });

  it('finds it by the id of any of its addresses and says where it lives', async () => {
    const answer = await get(ALIAS.toUpperCase());
    expect(answer.json()).toMatchObject({ id });
    expect(answer.headers['content-location']).toBe(`/api/v1/articles/${id}`);
  });

  it('sends nothing again to whoever has it', async () => {
    const etag = String((await get(id)).headers['etag']);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await get(id, { 'if-none-match': known });
      expect([answer.statusCode, answer.body]).toEqual([304, '']);
      expect(answer.headers['etag']).toBe(etag);
    }
    expect((await get(id, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('has another ETag after a new version', async () => {
    const before = (await get(id)).headers['etag'];
    const version = { ...storedArticle().version, parserGeneration: 2 };
    gateway.store.articles = [storedArticle({ version })];
    expect((await get(id)).headers['etag']).not.toBe(before);
  });

  it('tells what is not there from what is no id', async () => {
    const missing = await get('99999999-2222-5333-8444-555555555555');
    expect([missing.statusCode, missing.json()]).toMatchObject([
      404,
      { code: 'ARTICLE_NOT_FOUND' },
    ]);
    const bad = await get('42');
    expect([bad.statusCode, bad.json()]).toMatchObject([
      400,
      { code: 'PARAMETER_INVALID', errors: [{ in: 'path', name: 'id' }] },
    ]);
  });
});

describe('revisions of an article', () => {
  const { contentHash, wordCount, title } = content;
  const createdAt = firstSeenAt;
  const summary = { articleId: id, revision: 1, createdAt, supersededAt: null };

  it('are listed as documented', async () => {
    gateway.store.summaries = [{ ...summary, title, contentHash, wordCount }];
    const answer = (await get(`${id}/revisions`)).json<{ items: unknown[]; next: null }>();
    expect(answer.next).toBeNull();
    expect(answer.items.map((item) => RevisionSummaryView.parse(item).revision)).toEqual([1]);
  });

  it('are read one by one as documented', async () => {
    gateway.store.revisionsOf = [{ ...content, ...summary }];
    const answer = await get(`${id}/revisions/1`);
    expect(RevisionView.parse(answer.json())).toMatchObject({ articleId: id, revision: 1 });
    expect(answer.json()).not.toHaveProperty('version');
  });

  it.each([
    ['revisions', 404, 'ARTICLE_NOT_FOUND'],
    ['revisions/7', 404, 'REVISION_NOT_FOUND'],
    ['revisions/0', 400, 'PARAMETER_INVALID'],
    ['revisions/99999999999', 400, 'PARAMETER_INVALID'],
    ['revisions/one', 400, 'PARAMETER_INVALID'],
  ])('answer %s with %i %s where there is none', async (path, status, code) => {
    const answer = await get(`${id}/${path}`);
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { code }]);
  });
});
