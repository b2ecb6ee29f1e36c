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

  it('takes no more than a moment for folders without end', () => {
    const before = process.cpuUsage();
    feedsOf(`<opml><body>${'<outline text="a">'.repeat(100_000)}`);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
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
