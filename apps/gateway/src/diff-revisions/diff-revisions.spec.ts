import type { ArticleRevision } from '@broadsheet/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';

const headers = { host: 'localhost:8080' };
const article = storedArticle({ revision: 3, text: 'The bridge is open.' });

function revisionOf(revision: number, text: string): ArticleRevision {
  const { id, duplicateOf: _d, storyId: _s, firstSeenAt, updatedAt: _u, ...content } = article;
  return { ...content, articleId: id, revision, text, createdAt: firstSeenAt, supersededAt: null };
}

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
  gateway.store.articles = [article];
  gateway.store.revisionsOf = [
    revisionOf(1, 'The bridge was closed.'),
    revisionOf(2, 'The bridge is closed.'),
    revisionOf(3, 'The bridge is open.'),
  ];
});
afterAll(() => gateway.app.close());

async function diff(query: string, id = article.id) {
  const answer = await gateway.app.inject({ url: `/api/v1/articles/${id}/diff${query}`, headers });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

describe('GET /api/v1/articles/{id}/diff', () => {
  it('compares the current revision with the one before', async () => {
    expect(await diff('')).toEqual({
      status: 200,
      body: {
        articleId: article.id,
        from: 2,
        to: 3,
        title: { granularity: 'word', parts: [{ op: 'equal', text: article.title }] },
        text: {
          granularity: 'word',
          parts: [
            { op: 'equal', text: 'The bridge is ' },
            { op: 'removed', text: 'closed' },
            { op: 'added', text: 'open' },
            { op: 'equal', text: '.' },
          ],
        },
      },
    });
  });

  it('compares any two, in either direction', async () => {
    expect((await diff('?from=1&to=3')).body).toMatchObject({ from: 1, to: 3 });
    expect((await diff('?from=3&to=1')).body).toMatchObject({ from: 3, to: 1 });
    expect((await diff('?to=1')).body).toMatchObject({ from: 1, to: 1 });
  });

  it('tells what is not there from what is no number', async () => {
    expect(await diff('?from=9')).toMatchObject({
      status: 404,
      body: { code: 'REVISION_NOT_FOUND' },
    });
    expect(await diff('?from=0')).toMatchObject({
      status: 400,
      body: { code: 'PARAMETER_INVALID' },
    });
    expect(await diff('', '11111111-1111-4111-8111-111111111111')).toMatchObject({
      status: 404,
      body: { code: 'ARTICLE_NOT_FOUND' },
    });
  });
});
