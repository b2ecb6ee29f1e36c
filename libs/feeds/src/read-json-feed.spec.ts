import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFeed } from './read-feed.ts';
import { repairJson } from './repair-json.ts';

const ITEM = { id: '1', url: '/1', title: 'One', content_html: '<p>Text</p>' };
const FEED = { version: 'https://jsonfeed.org/version/1.1', title: 'J', items: [ITEM] };

function urlsOf(text: string, contentType: string | null = null): readonly (string | null)[] {
  const reading = readFeed(Buffer.from(text), { url: 'https://news.example/feed', contentType });
  return reading.kind === 'feed' ? reading.items.map(({ url }) => url) : [reading.detail];
}

describe('a JSON feed', () => {
  it.each([
    'https://jsonfeed.org/version/1',
    'http://www.jsonfeed.org/version/2',
    'https://jsonfeed.example/1.1',
    '1.1',
    1,
    null,
    undefined,
    {},
  ])('is known by its items where its version is %j', (version) => {
    expect(urlsOf(JSON.stringify({ ...FEED, version }))).toEqual(['https://news.example/1']);
  });

  it.each([
    'application/json',
    'text/html; charset=utf-8',
    'application/rss+xml',
    'text/plain',
    'application/octet-stream',
    null,
  ])('is read though it is served as %s', (contentType) => {
    expect(urlsOf(`\uFEFF \n${JSON.stringify(FEED)}`, contentType)).toEqual([
      'https://news.example/1',
    ]);
  });

  it('may quote other feeds', () => {
    const content_html = '<rss version="2.0"><channel><item><link>/x</link></item></channel></rss>';
    const items = [{ ...ITEM, content_html }];
    expect(urlsOf(JSON.stringify({ ...FEED, items }))).toEqual(['https://news.example/1']);
  });

  it.each([
    ['an API', { status: 'ok', title: 'x', articles: [ITEM] }],
    ['a list of products', { title: 'Shop', items: [{ id: 1, price: 2 }] }],
    ['items that are texts', { title: 'x', items: ['a', 'b'] }],
    ['a manifest', { name: 'App', version: '1.1', icons: [] }],
  ])('is not seen in the JSON of %s', (_case, json) => {
    expect(urlsOf(JSON.stringify(json))).toEqual(['the document holds no feed']);
  });
});

describe('a damaged JSON feed', () => {
  it.each([
    ['line ends within texts', '{"items":[{"id":"1","url":"/1","content_text":"a\n\tb"}]}'],
    ['commas too many', '{"items":[{"id":"1","url":"/1","content_text":"a,]",},],}'],
    ['junk after it', '{"items":[{"id":"1","url":"/1","content_text":"}"}]}<!-- 0.1 s -->'],
    ['its end cut off', '{"items":[{"id":"1","url":"/1","content_text":"a"},{"id":"2","url":"/2'],
    ['its end cut off after a comma', '{"items":[{"id":"1","url":"/1","content_text":"\\""},'],
  ])('is read with %s', (_case, text) => {
    expect(urlsOf(text)).toEqual(['https://news.example/1']);
  });

  it('loses no whole item, wherever it is cut off', () => {
    const items = ['"', '\\', '}]', '\n', '{'].map((content_text, index) => ({
      tags: ['a', '}'],
      content_text,
      url: `/${index}`,
    }));
    const text = JSON.stringify({ ...FEED, items });
    const ends = items.map(
      (item) => text.indexOf(JSON.stringify(item)) + JSON.stringify(item).length,
    );
    fc.assert(
      fc.property(fc.nat(text.length), (length) => {
        const whole = ends.filter((end) => end <= length).length;
        const urls = urlsOf(text.slice(0, length));
        const expected = whole > 0 ? items.slice(0, whole).map(({ url }) => url) : [];
        expect(urls.filter((url) => url?.startsWith('https:'))).toEqual(
          expected.map((url) => `https://news.example${url}`),
        );
      }),
    );
  });

  it.each(['"', '{"', '\\"', ',', ', ', '[', ']', '}', '{"a\n', '"\u0001'])(
    'of %j without end takes no longer than its length',
    (piece) => {
      const before = process.cpuUsage();
      repairJson(piece.repeat(1_000_000));
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
    },
  );

  it('leaves what is well-formed as it means', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(JSON.parse(repairJson(JSON.stringify(value)))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });
});
