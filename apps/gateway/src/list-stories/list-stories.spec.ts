import type { Story, StoryArticle } from '@broadsheet/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';

const headers = { host: 'localhost:8080' };
const id = '0b7f8c1e-52b1-5c7e-9d5c-0a4f5f6b7c8d';
const story: Story = {
  id,
  title: 'Bridge reopens',
  size: 3,
  firstAt: '2024-07-15T08:00:00.000Z',
  lastAt: '2024-07-16T08:00:00.000Z',
};
const article: StoryArticle = {
  id,
  url: null,
  site: null,
  title: 'Bridge reopens',
  language: 'en',
  at: story.firstAt,
  duplicateOf: null,
};
const next = { key: '2024-07-15T08:00:00.000001Z', id };

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
  gateway.stories.page = { items: [story], next };
  gateway.stories.articlePage = { items: [article], next };
});
afterAll(() => gateway.app.close());

async function get(path: string) {
  const answer = await gateway.app.inject({ url: `/api/v1/stories${path}`, headers });
  return {
    status: answer.statusCode,
    body: answer.json<{ next: string; code: string; articles: { next: string } }>(),
  };
}

describe('GET /api/v1/stories', () => {
  it('lists stories and goes on behind the last one', async () => {
    const first = await get('?limit=1');
    expect(first).toMatchObject({ status: 200, body: { items: [story] } });
    expect(await get(`?cursor=${first.body.next}`)).toMatchObject({ status: 200 });
    expect(gateway.stories.asked.at(-1)).toEqual(['recent', 20, next]);
  });

  it('refuses a cursor of another order, of another list, and one that was made up', async () => {
    const { next: ofRecent } = (await get('')).body;
    const { next: ofArticles } = (await get(`/${id}`)).body.articles;
    const made = Buffer.from('{"v":1,"order":"size","key":"1; DROP","id":"x"}').toString(
      'base64url',
    );
    for (const cursor of [ofRecent, ofArticles, made, 'é', '']) {
      const answer = await get(`?sort=size&cursor=${encodeURIComponent(cursor)}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
    }
  });

  it('refuses parameters it does not know', async () => {
    for (const query of ['?sort=old', '?limit=0', '?limit=201', '?colour=red']) {
      expect((await get(query)).status).toBe(400);
    }
  });
});

describe('GET /api/v1/stories/{id}', () => {
  it('answers the story with its articles', async () => {
    const { status, body } = await get(`/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...story, articles: { items: [article] } });
    expect(await get(`/${id}?cursor=${body.articles.next}`)).toMatchObject({ status: 200 });
    expect(gateway.stories.asked.at(-1)).toEqual([id, 50, next]);
  });

  it('tells what is not there from what is no id', async () => {
    expect(await get('/11111111-1111-4111-8111-111111111111')).toMatchObject({
      status: 404,
      body: { code: 'STORY_NOT_FOUND' },
    });
    expect(await get('/bridge')).toMatchObject({ status: 400 });
  });
});
