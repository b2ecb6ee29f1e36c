import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedItem, FeedReading } from './feed.ts';
import { readFeed, type FeedTransport } from './read-feed.ts';

const URL_OF_FEED = 'https://news.example/rss/feed.xml';

function read(document: string | Uint8Array, transport: Partial<FeedTransport> = {}): FeedReading {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  return readFeed(bytes, { url: URL_OF_FEED, ...transport });
}

function itemsOf(document: string | Uint8Array): readonly FeedItem[] {
  const reading = read(document);
  if (reading.kind !== 'feed') throw new Error(reading.detail);
  return reading.items;
}

function rss(items: string, channel = '<title>News</title>'): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;
}

const ITEM = '<item><title>One</title><link>https://news.example/1</link></item>';

describe('readFeed', () => {
  it('reads RSS 2.0 with what news sites put into it', () => {
    const channel =
      '<title>Daily &amp;amp; more</title><link>/</link><description>All of it</description>' +
      '<language>de-AT</language><ttl>30</ttl><lastBuildDate>Thu, 15 Jan 2026 10:00:00 +0100</lastBuildDate>';
    const item =
      '<item><title>Minister &lt;b&gt;resigns&lt;/b&gt; &amp;#8211; again</title><link> /a?x=1&amp;y=2 </link>' +
      '<guid isPermaLink="false">id-1</guid><pubDate>Thu, 15 Jan 2026 09:30:00 CET</pubDate>' +
      '<dc:creator>Ada Example</dc:creator><category>Politics</category><category>Politics</category>' +
      '<description>&lt;p&gt;Short &lt;a href="/b"&gt;link&lt;/a&gt;&lt;/p&gt;</description>' +
      '<media:content url="/p.jpg" medium="image"/></item>';
    const reading = read(rss(item, channel));
    expect(reading).toMatchObject({
      kind: 'feed',
      charset: 'utf-8',
      feed: {
        format: 'rss',
        title: 'Daily & more',
        url: 'https://news.example/',
        description: 'All of it',
        language: 'de-AT',
        schedule: { keepForMinutes: 30, skipHours: [], skipDays: [] },
        updatedAt: '2026-01-15T09:00:00.000Z',
      },
      items: [
        {
          guid: 'id-1',
          url: 'https://news.example/a?x=1&y=2',
          title: 'Minister resigns – again',
          summary: '<p>Short <a href="https://news.example/b">link</a></p>',
          authors: [{ name: 'Ada Example', email: null, url: null }],
          categories: ['Politics'],
          publishedAt: '2026-01-15T08:30:00.000Z',
          imageUrl: 'https://news.example/p.jpg',
        },
      ],
    });
  });

  it('reads Atom, where a title is text unless it says otherwise', () => {
    const reading = read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="/a/">
      <title type="html">Tom &amp;amp; Co</title><link rel="self" href="feed"/><link href="home"/>
      <author><name>The Desk</name></author>
      <entry xml:base="b/"><id>tag:news.example,2026:1</id><title>1 &lt; 2 &amp; 3</title>
        <link rel="enclosure" href="s.mp3" type="audio/mpeg" length="9"/><link rel="alternate" href="one"/>
        <published>2026-01-15T08:00:00+01:00</published><updated>2026-01-15T09:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><img src="i.png"/></div></content>
      </entry></feed>`);
    expect(reading).toMatchObject({
      feed: {
        format: 'atom',
        title: 'Tom & Co',
        url: 'https://news.example/a/home',
        language: 'en',
        authors: [{ name: 'The Desk' }],
      },
      items: [
        {
          guid: 'tag:news.example,2026:1',
          url: 'https://news.example/a/b/one',
          title: '1 < 2 & 3',
          publishedAt: '2026-01-15T07:00:00.000Z',
          updatedAt: '2026-01-15T09:00:00.000Z',
          enclosures: [{ url: 'https://news.example/a/b/s.mp3', type: 'audio/mpeg', length: 9 }],
        },
      ],
    });
    expect(reading.kind === 'feed' && reading.items[0]?.content).toContain(
      'src="https://news.example/a/b/i.png"',
    );
  });

  it('reads RDF', () => {
    const reading = read(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://news.example/"><title>Old</title></channel>
      <item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link>
      <dc:date>2026-01-15</dc:date></item></rdf:RDF>`);
    expect(reading).toMatchObject({
      feed: { format: 'rdf', title: 'Old' },
      items: [{ guid: 'https://news.example/1', publishedAt: '2026-01-15T00:00:00.000Z' }],
    });
  });

  it('reads JSON Feed', () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: [
        { id: '1', url: '/1', title: 'One', content_text: 'a < b', tags: ['x'], image: '/i.png' },
      ],
    };
    expect(read(JSON.stringify(feed))).toMatchObject({
      feed: { format: 'json', title: 'J' },
      items: [
        {
          guid: '1',
          url: 'https://news.example/1',
          content: 'a &lt; b',
          categories: ['x'],
          imageUrl: 'https://news.example/i.png',
        },
      ],
    });
  });

  it('decodes by declaration and by transport, the transport first', () => {
    const title = (charset: string) =>
      Buffer.from(
        `<?xml version="1.0" encoding="${charset}"?>${rss('', '<title>Gr\u00fc\u00dfe</title>').slice(21)}`,
        'latin1',
      );
    expect(read(title('iso-8859-1'))).toMatchObject({ feed: { title: 'Grüße' } });
    const contentType = 'application/rss+xml; charset="windows-1252"';
    expect(read(title('utf-8'), { contentType })).toMatchObject({ feed: { title: 'Grüße' } });
  });

  it('takes the base from Content-Location, and a language from the transport where the feed has none', () => {
    const reading = read(rss(ITEM.replace('https://news.example/1', 'one')), {
      contentLocation: '/other/',
      contentLanguage: 'fr',
    });
    expect(reading).toMatchObject({
      feed: { language: 'fr' },
      items: [{ url: 'https://news.example/other/one' }],
    });
  });

  it('falls back to the permanent guid for the address, and to none', () => {
    const permanent = '<item><title>a</title><guid>https://news.example/g</guid></item>';
    const opaque =
      '<item><title>b</title><guid isPermaLink="false">https://news.example/g</guid></item>';
    expect(itemsOf(rss(permanent + opaque)).map((item) => item.url)).toEqual([
      'https://news.example/g',
      null,
    ]);
  });

  it('takes an impossible date for none', () => {
    const item = ITEM.replace('</item>', '<pubDate>31 Feb 2026</pubDate></item>');
    expect(itemsOf(rss(item))[0]?.publishedAt).toBeNull();
  });
});

describe('a damaged feed', () => {
  const whole = [1, 2, 3].map((number) =>
    ITEM.replaceAll('One', `T${number}`).replace('/1', `/${number}`),
  );

  it('gives every whole entry wherever it is cut off, and never half an address', () => {
    const document = rss(whole.join(''));
    const urls = new Set(itemsOf(document).map((item) => item.url));
    const start = document.indexOf('</item>') + '</item>'.length;
    for (let end = start; end < document.length; end += 1) {
      const items = itemsOf(document.slice(0, end));
      expect(items.length).toBeGreaterThanOrEqual(1);
      expect(items.every((item) => urls.has(item.url))).toBe(true);
    }
  });

  it.each([
    ['a stray < in a title', rss(ITEM.replace('One', '1 < 2')), '1 < 2'],
    ['a bare ampersand', rss(ITEM.replace('One', 'A & B')), 'A & B'],
    ['an undefined entity', rss(ITEM.replace('One', 'A&nbsp;B')), 'A B'],
    [
      'an element called __proto__',
      rss(ITEM.replace('<title>', '<__proto__>x</__proto__><title>')),
      'One',
    ],
    [
      'an element called constructor',
      rss(ITEM.replace('<title>', '<constructor>x</constructor><title>')),
      'One',
    ],
    ['no channel', `<rss version="2.0">${ITEM}</rss>`, 'One'],
    ['no document around the channel', `<channel><title>t</title>${ITEM}</channel>`, 'One'],
    ['no version', rss(ITEM).replace(' version="2.0"', ''), 'One'],
    ['junk before the declaration', `\r\n\n ${rss(ITEM)}`, 'One'],
    ['junk after the end', `${rss(ITEM)}<script>x</script>`, 'One'],
    ['an unclosed entry before it', rss(`<item><title>Zero</title><link>/0</link>${ITEM}`), 'One'],
  ])('with %s keeps its entry', (_fault, document, title) => {
    expect(itemsOf(document).at(-1)).toMatchObject({ title, url: 'https://news.example/1' });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('a document that is no feed', () => {
  it.each([
    ['a page', '<!DOCTYPE html><html><body>about &lt;rss version="2.0"&gt; feeds</body></html>'],
    ['a page that quotes a feed', `<html><body><pre>${rss(ITEM)}</pre></body></html>`],
    ['a sitemap', '<urlset><url><loc>https://news.example/</loc></url></urlset>'],
    ['an error in XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['other JSON', '{"items":[1,2]}'],
    ['a JSON array', '[]'],
    ['text', 'rss feed channel item'],
    ['nothing', ''],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('is refused: %s', (_what, document) => {
    expect(read(document).kind).toBe('not-a-feed');
  });
});

describe('a hostile document', () => {
  it.each([
    ['nested elements', rss(`${'<a>'.repeat(100_000)}`)],
    ['nested entries', rss('<item><title>x</title>'.repeat(50_000))],
    ['nested markup', rss(ITEM.replace('One', '&lt;b&gt;'.repeat(50_000)))],
    [
      'nested relative links',
      rss(
        ITEM.replace(
          '</item>',
          `<description>${'&lt;a href="x"&gt;'.repeat(50_000)}</description></item>`,
        ),
      ),
    ],
    ['nested JSON', '['.repeat(100_000)],
    ['nested JSON objects', '{"a":'.repeat(100_000)],
    [
      'an entity bomb',
      `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${rss(ITEM.replace('One', '&b;'.repeat(1_000)))}`,
    ],
    ['comments without end', '<!--'.repeat(100_000)],
    ['attributes without end', `<rss ${'a="b" '.repeat(100_000)}`],
    ['ampersands', rss(ITEM.replace('One', '&'.repeat(500_000)))],
    ['opening brackets', rss(ITEM.replace('One', '<'.repeat(200_000)))],
  ])('is answered in time: %s', (_what, document) => {
    const before = process.cpuUsage();
    read(document);
    // Processor time: a busy machine makes nothing quadratic.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
  });

  it('of any bytes is answered without a throw', () => {
    const piece = fc.constantFrom(
      '<rss version="2.0">',
      '<channel>',
      '<item>',
      '</item>',
      '<link>',
      '<![CDATA[',
      ']]>',
      '&',
      '<',
      '"',
      '<feed>',
      '<entry>',
      '{',
      'x',
      '\u0000',
      '<!DOCTYPE [',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
        expect(['feed', 'not-a-feed']).toContain(read(pieces.join('')).kind);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void read(bytes)));
  });

  it('gives no more entries than the limit', () => {
    expect(itemsOf(rss(ITEM.repeat(3_000)))).toHaveLength(2_000);
  });
});
