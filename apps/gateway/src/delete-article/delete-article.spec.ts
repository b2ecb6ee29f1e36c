import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';
import { DeleteArticleHandler } from './delete-article.handler.ts';

const ADDRESS = '7d6b0c53-3a0e-5a39-8f6e-0b2a8b0d6c11';
const headers = { host: 'localhost:8080' };
const article = storedArticle();

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.app.close());
beforeEach(() => {
  gateway.store.articles = [article];
  gateway.store.aliases = new Map([[ADDRESS, article.id]]);
  gateway.store.deleted.clear();
  gateway.store.ordered = [];
});

function remove(id: string, more: Record<string, string> = {}) {
  return gateway.app.inject({
    method: 'DELETE',
    url: `/api/v1/articles/${id}`,
    headers: { ...headers, ...more },
  });
}

describe('DELETE /api/v1/articles/{id}', () => {
  it('deletes by any address; afterwards every address answers 410 and says so', async () => {
    expect((await remove(ADDRESS)).statusCode).toBe(204);
    expect(gateway.store.ordered).toEqual([article.id]);
    for (const path of [ADDRESS, article.id, `${ADDRESS}/revisions/1`]) {
      const answer = await gateway.app.inject({ url: `/api/v1/articles/${path}`, headers });
      expect([answer.statusCode, answer.json()]).toMatchObject([410, { code: 'ARTICLE_DELETED' }]);
    }
    expect((await remove(ADDRESS)).statusCode).toBe(410);
  });

  it('answers 404 for what was never there, and 400 for what is no id', async () => {
    const unknown = await remove('11111111-1111-4111-8111-111111111111');
    expect([unknown.statusCode, unknown.json()]).toMatchObject([
      404,
      { code: 'ARTICLE_NOT_FOUND' },
    ]);
    expect((await remove('1')).statusCode).toBe(400);
  });

  it('does nothing for a page of another origin', async () => {
    const answer = await remove(article.id, { origin: 'https://evil.example' });
    expect([answer.statusCode, gateway.store.ordered]).toEqual([403, []]);
  });
});

it('gives up waiting after five seconds; the order stays', async () => {
  let waitedMs = 0;
  const ordered: string[] = [];
  const handler = new DeleteArticleHandler(
    {
      stateOf: (articleId) => Promise.resolve({ kind: 'stored', articleId }),
      order: (articleId) => Promise.resolve(void ordered.push(articleId)),
    },
    (durationMs) => {
      waitedMs += durationMs;
      return Promise.resolve();
    },
  );
  expect(await handler.handle(article.id)).toBe(false);
  expect([waitedMs, ordered]).toEqual([5_000, [article.id]]);
});
