import { describe, expect, it } from 'vitest';
import { readFeed } from './read-feed.ts';

const URL_OF_FEED = 'https://news.example/feed';

function hubOf(document: string, link?: string) {
  const reading = readFeed(Buffer.from(document), { url: URL_OF_FEED, link });
  return reading.kind === 'feed' ? reading.feed.hub : 'no feed';
}

const ATOM = (links: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>${links}<entry><title>One</title></entry></feed>`;
const RSS = (links: string) =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title>${links}<item><title>One</title></item></channel></rss>`;

describe('the hub of a feed', () => {
  it('is named by its links, with the name that the hub knows the feed by', () => {
    const links = '<link rel="hub" href="https://hub.example/"/><link rel="self" href="/own"/>';
    const expected = { url: 'https://hub.example/', topic: 'https://news.example/own' };
    expect(hubOf(ATOM(links))).toEqual(expected);
    expect(hubOf(RSS(links.replaceAll('<link', '<atom:link')))).toEqual(expected);
    const json = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'News',
      feed_url: '/own',
      hubs: [{ type: 'WebSub', url: 'https://hub.example/' }],
      items: [],
    };
    expect(hubOf(JSON.stringify(json))).toEqual(expected);
  });

  it('is what the response says before what the feed says', () => {
    const link = '<https://other.example/x,y>; rel="hub", </self>; title="a, b"; rel=self';
    expect(hubOf(ATOM('<link rel="hub" href="https://hub.example/"/>'), link)).toEqual({
      url: 'https://other.example/x,y',
      topic: 'https://news.example/self',
    });
  });

  it('knows the feed by its address where it has no other name', () => {
    const hub = hubOf(ATOM('<link rel="hub" href="//hub.example/h"/>'));
    expect(hub).toEqual({ url: 'https://hub.example/h', topic: URL_OF_FEED });
  });

  it.each([
    ['none', ''],
    ['no address', '<link rel="hub"/>'],
    ['another scheme', '<link rel="hub" href="javascript:x"/>'],
    ['no address at all', '<link rel="hub" href="http://["/>'],
  ])('is not there: %s', (_what, links) => {
    expect(hubOf(ATOM(links), '<<<>>;;rel=hub,,')).toBeNull();
  });
});
