import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOpml, writeOpml, type OpmlFeed } from './opml.ts';

function feedsOf(text: string): readonly OpmlFeed[] {
  const reading = readOpml(Buffer.from(text));
  return reading.kind === 'opml' ? reading.feeds : [];
}

describe('readOpml', () => {
  it('reads feeds and their folders, whatever the case of the names', () => {
    const text =
      '<?xml version="1.0"?><opml version="1.1"><body><outline text="World">' +
      '<outline text="Daily &amp; co" xmlUrl="https://a.example/feed"/><outline title="Inner">' +
      '<outline xmlurl="https://b.example/feed"></outline></outline></outline>' +
      '<outline text="Loose" XMLURL="https://c.example/feed"/></body></opml>';
    expect(feedsOf(text)).toEqual([
      { url: 'https://a.example/feed', title: 'Daily & co', folder: 'World' },
      { url: 'https://b.example/feed', title: null, folder: 'World / Inner' },
      { url: 'https://c.example/feed', title: 'Loose', folder: null },
    ]);
  });

  it.each(['', '<html></html>', '{"opml":1}'])('refuses %j', (text) => {
    expect(readOpml(Buffer.from(text))).toEqual({ kind: 'not-opml' });
  });

  it('reads the addresses of old lists, and no links to pages or other lists', () => {
    const outline = (type: string) => `<outline type="${type}" url="https://${type}.example/"/>`;
    const text = `<opml><body>${['rss', 'link', 'include'].map(outline).join('')}</body></opml>`;
    expect(feedsOf(text).map(({ url }) => url)).toEqual(['https://rss.example/']);
  });

  it.each(['<outline text="a">', '<x>', '<outline text="a" xmlUrl="https://a.example/">', '</x>'])(
    'takes no more than a moment for %s without end',
    (piece) => {
      const before = process.cpuUsage();
      feedsOf(`<opml><body>${piece.repeat(300_000)}`);
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
    },
  );

  it('expands no entities, whatever they are declared as', () => {
    const entities = '<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">';
    const outline = '<outline text="&a;&b;" xmlUrl="https://a.example/"/>';
    const text = `<!DOCTYPE opml [${entities}]><opml><body>${outline}</body></opml>`;
    expect(feedsOf(text)).toMatchObject([{ title: '&a;&b;' }]);
  });

  it('writes folders within folders', () => {
    const feed = (folder: string | null) => ({ url: 'https://a.example/', title: 'A', folder });
    const text = writeOpml('Mine', [feed('World / Asia'), feed(null), feed('World')]);
    expect(text.match(/<\/?outline(?: text="[^"]*")?/g)).toEqual([
      '<outline',
      '<outline text="World"',
      '<outline',
      '<outline text="Asia"',
      '<outline',
      '</outline',
      '</outline',
    ]);
  });

  it('reads back what was written', () => {
    const name = fc.stringMatching(/^[a-z<>&"' ]{1,20}$/).map((text) => text.trim());
    const feed = fc.record({
      url: fc.webUrl(),
      title: name.filter((text) => text !== ''),
      folder: fc.option(name.filter((text) => text !== '')),
    });
    fc.assert(
      fc.property(fc.array(feed), (feeds) => {
        const byUrl = (list: readonly OpmlFeed[]) =>
          list.map((one) => JSON.stringify([one.url, one.title, one.folder])).toSorted();
        expect(byUrl(feedsOf(writeOpml('Mine', feeds)))).toEqual(byUrl(feeds));
      }),
    );
  });
});
