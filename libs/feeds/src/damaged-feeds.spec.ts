import { describe, expect, it } from 'vitest';
import { readFeed } from './read-feed.ts';

function itemsOf(
  document: string | Uint8Array,
): readonly (readonly [string | null, string | null])[] {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  const reading = readFeed(bytes, { url: 'https://news.example/feed', contentType: null });
  if (reading.kind !== 'feed') throw new Error(reading.detail);
  return reading.items.map(({ title, url }) => [title, url]);
}

function rss(items: string, prolog = '<?xml version="1.0"?>'): string {
  return `${prolog}<rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;
}

const ONE = '<item><title>One</title><link>https://news.example/1</link></item>';
const READ_ONE = ['One', 'https://news.example/1'];
const READ_TWO = ['Two', 'https://news.example/2'];

describe('what stands around a feed', () => {
  it.each([
    ['blank lines', `\n\n  ${rss(ONE)}`],
    ['a comment', `<!-- served from a cache -->\n${rss(ONE)}`],
    ['a warning', `Warning: no connection in /a.php on line 3\n${rss(ONE)}`],
    ['a warning in HTML', `<br />\n<b>Warning</b>: no connection<br />\n${rss(ONE)}`],
    ['a second declaration', `<?xml version="1.0"?>${rss(ONE)}`],
    ['a declaration that ends as a tag does', rss(ONE, '<?xml version="1.0">')],
    ['a declaration in curly quotes', rss(ONE, '<?xml version=”1.0″?>')],
    ['a zero-width space', `\u200B${rss(ONE)}`],
    ['a script behind it', `${rss(ONE)}<script>count()</script></body>`],
    ['a DTD', rss(ONE, '<!DOCTYPE rss PUBLIC "-//X//DTD" "https://dtd.example/rss.dtd">')],
  ])('is passed over where it is %s', (_case, document) => {
    expect(itemsOf(document)).toEqual([READ_ONE]);
  });

  it('is a page where it is HTML, whatever feed the page quotes', () => {
    expect(() => itemsOf(`<html><body><pre>${rss(ONE)}</pre></body></html>`)).toThrow('html');
  });
});

describe('a fault in an entry', () => {
  const two = '<item><title>Two</title><link>https://news.example/2</link></item>';

  it.each([
    ['a title that is not closed', '<title>One<link>https://news.example/1</link>'],
    [
      'a title that is closed by another name',
      '<title>One</titel><link>https://news.example/1</link>',
    ],
    ['an address as in Atom', '<title>One</title><link href="https://news.example/1"/>'],
    ['an attribute without quotes', '<title>One</title><link href=https://news.example/1 />'],
    [
      'HTML that is not escaped',
      '<title>One</title><description><p>a<br>b</description><link>/1</link>',
    ],
    ['tags that were never opened', '<title>One</title></b></p><link>/1</link>'],
    ['CDATA between elements', '<![CDATA[ x ]]><title>One</title><link>/1</link>'],
    ['CDATA that was escaped', '<title>&lt;![CDATA[One]]&gt;</title><link>/1</link>'],
    ['control characters', '<title>O\u0001n\u0008e</title><link>/1\u0000</link>'],
    [
      'names that mean something to JavaScript',
      '<__proto__/><constructor>1</constructor><title>One</title><link>/1</link>',
    ],
  ])('costs nothing where it is %s', (_case, parts) => {
    expect(itemsOf(rss(`<item>${parts}</item>${two}`))).toEqual([READ_ONE, READ_TWO]);
  });

  it.each([
    ['1 < 2, and 3 > 2', '1 < 2, and 3 > 2'],
    ['I <3 news & you', 'I <3 news & you'],
    ['1 &lt; 2 <', '1 < 2 <'],
    ['AT&T &foo; &nbsp;&hellip;', 'AT&T &foo; …'],
    ['<![CDATA[1 < 2 &amp; <3]]>', '1 < 2 & <3'],
    ['a]]<![CDATA[>b]]>', 'a]]>b'],
  ])('does not change what is meant by %j', (written, read) => {
    expect(itemsOf(rss(`<item><title>${written}</title><link>/1</link></item>`))[0]?.[0]).toBe(
      read,
    );
  });

  it('costs that entry where its end is missing', () => {
    const cut =
      '<item><title>Two</title><link>https://news.example/2</link><description><![CDATA[a';
    expect(itemsOf(rss(ONE) + cut)).toEqual([READ_ONE]);
    expect(itemsOf(`<rss><channel>${ONE}${cut}`)).toEqual([READ_ONE]);
  });

  it.each([
    ['never', two],
    ['by that of the next entry', two.replace('Two', '<![CDATA[Two]]>')],
    ['by that of one that quotes another', two.replace('Two', '<![CDATA[Two]]>').repeat(2)],
  ])('costs nothing where CDATA is closed %s', (_case, rest) => {
    const open = ONE.replace('<title>', '<title><![CDATA[');
    expect(itemsOf(rss(open + rest)).slice(0, 2)).toEqual([READ_ONE, READ_TWO]);
  });

  it('is none where CDATA quotes a feed, another section of CDATA or a broken one', () => {
    const quoting = (text: string) => `<description><![CDATA[${text}]]></description></item>`;
    for (const text of ['</item></channel></rss><item>', 'a <![CDATA[ b', '<![CDATA[<b>x</b>']) {
      expect(itemsOf(rss(ONE.replace('</item>', quoting(text)) + two))).toEqual([
        READ_ONE,
        READ_TWO,
      ]);
    }
  });

  it('leads nowhere where its address is not one of the web', () => {
    const item = (link: string) =>
      `<item><title>One</title><link>${link}</link><guid>https://news.example/1</guid></item>`;
    for (const link of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', ' ']) {
      expect(itemsOf(rss(item(link)))).toEqual([READ_ONE]);
    }
    expect(itemsOf(rss('<item><title>One</title><link>vbscript:x</link></item>'))).toEqual([
      ['One', null],
    ]);
  });

  it('brings no control characters, however they are written', () => {
    const title = '<title>O&#1;n&#x8;&#127;e&#0;</title>';
    const [[read] = []] = itemsOf(rss(`<item>${title}<link>/1</link></item>`));
    expect(read).toBe('One\uFFFD');
  });

  it.each([
    ['&amp;lt;p&amp;gt;A &amp;amp;amp; B&amp;lt;/p&amp;gt;', '<p>A &amp; B</p>'],
    ['Write &amp;lt;p&amp;gt; and &amp;lt;/p&amp;gt;', 'Write &lt;p&gt; and &lt;/p&gt;'],
    ['&amp;lt;p&amp;gt; begins a paragraph', '&lt;p&gt; begins a paragraph'],
  ])('that escaped its text twice, as %j, is read as it was meant', (written, summary) => {
    const item = `<item><title>One</title><link>/1</link><description>${written}</description></item>`;
    const reading = readFeed(Buffer.from(rss(item)), { url: null });
    expect(reading.kind === 'feed' && reading.items[0]?.summary).toBe(summary);
  });
});

describe('names and namespaces', () => {
  it.each([
    [
      'RSS with a prefix',
      '<r:rss xmlns:r="x"><r:channel><r:item><r:title>One</r:title><r:link>/1</r:link></r:item></r:channel></r:rss>',
    ],
    [
      'RSS in a namespace',
      '<rss xmlns="https://ns.example/"><channel><item><title>One</title><link>/1</link></item></channel></rss>',
    ],
    [
      'RSS in capitals',
      '<RSS><CHANNEL><ITEM><TITLE>One</TITLE><LINK>/1</LINK></ITEM></CHANNEL></RSS>',
    ],
    ['items beside the channel', `<rss><channel><title>T</title></channel>${ONE}</rss>`],
    [
      'RDF that names pages alone',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel/><item rdf:about="https://news.example/1"><title>One</title></item></rdf:RDF>',
    ],
    [
      'RDF without its namespace',
      '<rdf:RDF><channel/><item><title>One</title><link>/1</link></item></rdf:RDF>',
    ],
    [
      'Atom with a prefix',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title><a:link href="/1"/></a:entry></a:feed>',
    ],
    [
      'Atom in a wrong case',
      '<Feed xmlns="HTTP://www.w3.org/2005/ATOM"><Entry><Title>One</Title><Link href="/1"/></Entry></Feed>',
    ],
  ])('of %s are understood', (_case, document) => {
    expect(itemsOf(document)).toEqual([READ_ONE]);
  });
});

describe('a hostile feed', () => {
  const entity = (name: string, value: string) => `<!ENTITY ${name} "${value}">`;
  const laughs = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].reduce(
    (all, name, at) => all + entity(name, `&${'abcdefgh'[at]};`.repeat(10)),
    entity('a', 'ha'),
  );

  it.each([
    [
      'entities of entities',
      rss(`<item><title>One &i;</title><link>/1</link></item>`, `<!DOCTYPE rss [${laughs}]>`),
    ],
    [
      'a file for an entity',
      rss(
        '<item><title>One &x;</title><link>/1</link></item>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      ),
    ],
  ])('gets nothing for %s', (_case, document) => {
    expect(itemsOf(document)[0]?.[0]).toMatch(/^One &[ix];$/);
  });

  it.each([
    [
      'elements that nest',
      rss(`${ONE}<item><description>${'<a>'.repeat(100_000)}</description></item>`),
      1,
    ],
    [
      'markup that nests',
      rss(
        `<item><title>One</title><link>/1</link><description>${'&lt;b&gt;'.repeat(100_000)}</description></item>`,
      ),
      1,
    ],
    ['tags that end nothing', rss('</x>'.repeat(200_000)) + ONE, 0],
    ['entries that never end', `<rss><channel>${ONE.replace('</item>', '').repeat(50_000)}`, 1],
    [
      'attributes',
      rss(
        `<item ${Array.from({ length: 20_000 }, (_, at) => `a${at}="1"`).join(' ')}>${ONE.slice(6)}`,
      ),
      1,
    ],
    [
      'signs that begin nothing',
      rss(`<item><title>${'<'.repeat(300_000)}</title></item>${ONE}`),
      1,
    ],
    [
      'more such signs than anybody writes',
      rss(`${ONE}<item><title>${'<'.repeat(3_000_000)}</title></item>`),
      1,
    ],
    ['elements that nest', rss(`${ONE}${'<a>'.repeat(150)}${'</a>'.repeat(150)}`), 1],
    ['elements that nest for ever', rss(`${ONE}${'<a>'.repeat(300_000)}`), 1],
    ['sections that never end', rss(`${ONE}${'<![CDATA[</item>'.repeat(200_000)}]]>`), 1],
  ])('of %s is read as far as it goes', (_case, document, atLeast) => {
    const found = itemsOf(document).filter(([, url]) => url === 'https://news.example/1');
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
  });

  it.each([
    ['comments', `<rss><channel>${'<!--'.repeat(100_000)}`],
    ['CDATA', `<rss><channel>${'<![CDATA['.repeat(100_000)}`],
    ['instructions', `<rss><channel>${'<?x '.repeat(100_000)}`],
    ['document types', '<!DOCTYPE rss ['.repeat(100_000)],
    ['roots', '<rss>'.repeat(50_000)],
    ['nothing', '\0'.repeat(1_000)],
  ])('that is nothing but %s is refused', (_case, document) => {
    expect(() => itemsOf(document)).toThrow(/feed|neither/);
  });
});

describe('a JSON feed whose members are of other types', () => {
  const VERSION = 'https://jsonfeed.org/version/1.1';

  it('costs what they say, and nothing else', () => {
    const odd = {
      id: {},
      url: ['/x'],
      title: [1],
      authors: 'me',
      attachments: {},
      date_published: 5,
    };
    const feed = {
      version: VERSION,
      title: { a: 1 },
      items: [null, 1, [], odd, { id: 1, url: '/1', title: 'One', tags: [1, null] }],
    };
    expect(itemsOf(JSON.stringify(feed)).at(-1)).toEqual(READ_ONE);
  });

  it.each([
    ['items that are no list', { version: VERSION, items: { a: {} } }],
    ['another kind of object', { error: 'no' }],
    ['a list', []],
  ])('is refused where it is %s', (_case, feed) => {
    expect(() => itemsOf(JSON.stringify(feed))).toThrow(/feed|neither/);
  });
});
