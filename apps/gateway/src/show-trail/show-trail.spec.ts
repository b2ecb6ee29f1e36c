import { addressId } from '@broadsheet/article';
import type { TrailEvent } from '@broadsheet/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';

const ADDRESS = 'https://news.example/story';
const ADDRESS_ID = addressId(ADDRESS) ?? '';
const ARTICLE_ID = '0b7f8c1e-52b1-5c7e-9d5c-0a4f5f6b7c8d';

function step(parts: Partial<TrailEvent>): TrailEvent {
  return {
    id: '11111111-2222-5333-8444-555555555555',
    subject: ADDRESS_ID,
    step: 'accepted',
    service: 'gateway',
    at: '2024-07-15T09:00:00.000Z',
    url: ADDRESS,
    record: 'articles.raw/3/42',
    articleId: null,
    code: null,
    detail: {},
    ...parts,
  };
}

let gateway: GatewayUnderTest;

beforeEach(async () => {
  gateway = await startGateway();
  gateway.store.aliases.set(ADDRESS_ID, ARTICLE_ID);
  const indexed = { subject: ARTICLE_ID, step: 'indexed', service: 'indexer' } as const;
  gateway.store.trail = [step({}), step({ ...indexed, record: null })];
});
afterEach(() => gateway.app.close());

async function trail(url: string) {
  const answer = await gateway.app.inject({ url, headers: { host: 'localhost' } });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

describe('the trail of an article', () => {
  it.each([
    `/api/v1/articles/${ARTICLE_ID}/trail`,
    `/api/v1/articles/${ADDRESS_ID}/trail`,
    `/api/v1/trail?url=${encodeURIComponent('http://www.news.example/story?utm_source=a')}`,
  ])('tells the steps under all of its ids (%#)', async (url) => {
    const { status, body } = await trail(url);
    expect(status).toBe(200);
    expect(body['items']).toEqual(gateway.store.trail);
  });

  it('tells the steps of a record', async () => {
    const { body } = await trail('/api/v1/trail?record=articles.raw/3/42');
    expect(body).toEqual({ id: null, items: [step({})], next: null });
  });

  it('is empty, not missing, where nothing is known yet', async () => {
    const { status, body } = await trail(
      '/api/v1/articles/99999999-2222-5333-8444-555555555555/trail',
    );
    expect([status, body['items']]).toEqual([200, []]);
  });

  it.each([
    ['/api/v1/trail', 'PARAMETER_INVALID'],
    ['/api/v1/trail?record=articles.raw/3', 'PARAMETER_INVALID'],
    ['/api/v1/trail?record=a/1/1&url=https://a.example/b', 'PARAMETER_INVALID'],
    ['/api/v1/trail?url=nonsense', 'URL_INVALID'],
    ['/api/v1/trail?id=1', 'PARAMETER_UNKNOWN'],
    ['/api/v1/articles/42/trail', 'PARAMETER_INVALID'],
  ])('cannot be asked for by %s', async (url, code) => {
    const { status, body } = await trail(url);
    expect([status, body['code']]).toEqual([400, code]);
  });
});
