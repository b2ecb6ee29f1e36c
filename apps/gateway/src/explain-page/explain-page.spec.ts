import { addressId, contentId } from '@broadsheet/article';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../testing/gateway-under-test.ts';
import { explainPage, Explanation } from './explain-page.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const URL_OF_ARTICLE = 'https://harbour-news.example/2026/ferry?utm_source=feed';
const CANONICAL = 'https://harbour-news.example/ferry';
const PAGE = `<!doctype html><html lang="de"><head><meta charset="iso-8859-1"><title>Ferry returns | Harbour News</title>
<meta property="og:title" content="Ferry returns to the harbour"><link rel="canonical" href="${CANONICAL}"></head><body><article>
<h1>Ferry returns to the harbour</h1>
<p>The ferry came back to the old harbour on Monday after ten years of repairs, and all were there.</p>
<p>The harbour master said that the ship will sail twice a day from now on, as it did long before.</p>
</article></body></html>`;

function explain(body: string, contentType: string, url: string | null = null): Explanation {
  return Explanation.parse(explainPage({ body: Buffer.from(body), contentType, url, now: NOW }));
}

describe('explainPage', () => {
  it('tells the form, the charset, the addresses and the origin of each field of a page', () => {
    const explanation = explain(PAGE, 'text/html', URL_OF_ARTICLE);
    expect(explanation).toMatchObject({
      outcome: 'article',
      code: null,
      form: 'page',
      charset: { name: 'windows-1252', from: 'declaration' },
      answeredId: addressId(URL_OF_ARTICLE),
      article: {
        id: addressId(CANONICAL),
        title: 'Ferry returns to the harbour',
        language: 'en',
        provenance: { title: { from: 'meta' }, language: { from: 'detected' } },
      },
    });
    expect(explanation.article?.addresses).toHaveLength(2);
    expect(explanation.article?.provenance['language']?.rivals).toEqual([
      { from: 'meta', value: 'de' },
    ]);
  });

  it('shows the container of the text and what of it was left out, and why', () => {
    const share = '<div class="share-bar">Send this story to all of your friends</div>';
    const { body } = explain(PAGE.replace('</h1>', `</h1>${share}`), 'text/html', URL_OF_ARTICLE);
    expect(body?.container).toMatchObject({ path: 'html > body > article' });
    expect(body?.rivals.map(({ path }) => path)).toContain('html > body');
    expect(body).toMatchObject({
      pruning: 'strong',
      leftOutCount: 2,
      leftOut: [
        { rule: 'class-word', element: 'div.share-bar', excerpt: expect.stringMatching(/^Send/) },
        { rule: 'title', element: null, length: 28, excerpt: 'Ferry returns to the harbour' },
      ],
    });
  });

  it('names the content where there is no address', () => {
    const text = 'Ferry returns\n\nThe ferry came back on Monday.\n\nThe quay was full of people.';
    expect(explain(text, 'text/plain')).toMatchObject({
      form: 'text',
      answeredId: contentId(text),
      body: null,
      article: { id: contentId(text), url: null },
    });
  });

  it('says why a page is no article', () => {
    const page = '<title>404 | Harbour News</title><p>There is no such page here.</p>';
    expect(explain(page, 'text/html', URL_OF_ARTICLE)).toMatchObject({
      outcome: 'rejected',
      code: 'IS_ERROR_PAGE',
      detail: expect.stringContaining('404') as string,
      form: 'page',
      article: null,
    });
  });

  it('shows what a page that is no article says of itself', () => {
    const head =
      '<title>Ferry in the evening</title><meta property="article:published_time" content="2026-03-02T08:00:00Z"><meta name="author" content="Ada Byron">';
    expect(explain(`${head}<p>A photo.</p>`, 'text/html', URL_OF_ARTICLE)).toMatchObject({
      outcome: 'rejected',
      code: 'TOO_SHORT',
      article: null,
      refused: {
        title: 'Ferry in the evening',
        authors: ['Ada Byron'],
        publishedAt: '2026-03-02T08:00:00.000Z',
        provenance: { publishedAt: { from: 'meta', rivals: [] } },
      },
    });
    expect(explain(PAGE, 'text/html').refused).toBeNull();
  });

  it('says why a body is not understood', () => {
    expect(explain('{"url":', 'application/json')).toMatchObject({
      outcome: 'rejected',
      code: 'JSON_INVALID',
      form: null,
      answeredId: null,
    });
  });
});

describe('POST /api/v1/explain', () => {
  it('answers the explanation, and neither stores nor sends anything', async () => {
    const gateway = await startGateway();
    const { statusCode, payload } = await gateway.app.inject({
      method: 'POST',
      url: `/api/v1/explain?url=${encodeURIComponent(URL_OF_ARTICLE)}`,
      headers: { 'content-type': 'text/html' },
      payload: PAGE,
    });
    expect(statusCode).toBe(200);
    expect(JSON.parse(payload)).toEqual(explain(PAGE, 'text/html', URL_OF_ARTICLE));
    expect(gateway.log.records).toEqual([]);
    await gateway.app.close();
  });
});
