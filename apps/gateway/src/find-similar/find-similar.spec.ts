import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';

const headers = { host: 'localhost:8080' };
const article = storedArticle();
const copy = {
  id: '22222222-2222-5222-8222-222222222222',
  url: 'https://copy.example/story',
  site: 'copy.example',
  title: 'Bridge open again',
  publishedAt: null,
  firstSeenAt: '2024-07-15T10:00:00.000Z',
  duplicateOf: article.id,
  similarity: 0.87,
};

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
  gateway.store.articles = [article];
});
afterAll(() => gateway.app.close());

async function similar(id: string) {
  const answer = await gateway.app.inject({ url: `/api/v1/articles/${id}/similar`, headers });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

describe('GET /api/v1/articles/{id}/similar', () => {
  it('answers with scores', async () => {
    gateway.store.similar = [copy];
    expect(await similar(article.id)).toEqual({ status: 200, body: { items: [copy], next: null } });
  });

  it('tells an article that resembles none from what is not there', async () => {
    gateway.store.similar = [];
    expect(await similar(article.id)).toMatchObject({ status: 200, body: { items: [] } });
    expect(await similar('11111111-1111-4111-8111-111111111111')).toMatchObject({
      status: 404,
      body: { code: 'ARTICLE_NOT_FOUND' },
    });
    expect(await similar('one')).toMatchObject({ status: 400 });
  });

  it('says that an article was deleted', async () => {
    const gone = '33333333-3333-5333-8333-333333333333';
    gateway.store.deleted.add(gone);
    expect(await similar(gone)).toMatchObject({ status: 410, body: { code: 'ARTICLE_DELETED' } });
  });
});
