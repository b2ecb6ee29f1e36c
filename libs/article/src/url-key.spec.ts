import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHomePage, urlKey } from './url-key.ts';

/** Any UTF-16, lone surrogates and control characters included. */
const anyText = fc
  .array(fc.nat(0xffff), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

const STORY = '//harbour.example/2026/ferry';

describe('urlKey', () => {
  it.each([
    ['https://harbour.example/2026/ferry'],
    ['http://www.harbour.example:80/2026/ferry/'],
    ['HTTPS://m.Harbour.example/2026/./x/../ferry#comments'],
    ['https://amp.harbour.example/2026/ferry?utm_source=rss&UTM_Medium=feed'],
    ['https://harbour.example/2026/ferry/amp/'],
    ['https://harbour.example/amp/2026/ferry'],
    ['https://harbour.example/2026/ferry.amp'],
    ['https://harbour.example/2026/ferry?amp=1&outputType=amp'],
    ['https://harbour-example.cdn.ampproject.org/c/s/harbour.example/2026/ferry'],
    ['https://www.google.com/amp/s/harbour.example/2026/ferry'],
    ['https://www.google.com/url?q=https%3A%2F%2Fharbour.example%2F2026%2Fferry&sa=U'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fharbour.example%2F2026%2Fferry%3Ffbclid%3Dx'],
    ['https://web.archive.org/web/20260302060000/https://harbour.example/2026/ferry'],
    ['http://http://harbour.example/2026/ferry'],
    ['http:/harbour.example/2026/ferry'],
    ['//harbour.example/2026/ferry'],
    ['http:\\\\harbour.example\\2026\\ferry'],
    ['https://user:secret@harbour.example./2026//ferry;jsessionid=1A2B'],
    ['https://harbour.example/%32026/f%65rry/index.html'],
    ['https://harbour.example/2026/ferry?ref=harbour.example&source=rss'],
    ['  https://harbour.example/2026/ferry?fbclid=1&amp;gclid=2\n'],
  ])('knows %s as the plain address', (address) => {
    expect(urlKey(address)).toBe(STORY);
  });

  it.each([
    ['https://harbour.example/2026/Ferry', 'another case'],
    ['https://harbour.example/2026/ferry?id=1', 'a parameter that selects'],
    ['https://harbour.example/2026/ferry?ref=other.example', 'a mark of another site'],
    ['https://harbour.example:8443/2026/ferry', 'another port'],
    ['https://news.harbour.example/2026/ferry', 'another host'],
    ['https://harbour.example/2026%2Fferry', 'an encoded slash'],
    ['https://harbour.example/2026/ferry#!/page/2', 'a hash-bang'],
  ])('keeps %s apart: %s', (address) => {
    expect(urlKey(address)).not.toBe(STORY);
    expect(urlKey(address)).not.toBeNull();
  });

  it('sorts parameters by name and keeps the order of equal names', () => {
    expect(urlKey('https://e.example/a?b=1&a=2&b=0&c=')).toBe('//e.example/a?a=2&b=1&b=0&c');
  });

  it('drops a mark only on the site that uses it', () => {
    expect(urlKey('https://www.wsj.com/x?mod=hp')).toBe('//wsj.com/x');
    expect(urlKey('https://e.example/x?mod=hp')).toBe('//e.example/x?mod=hp');
  });

  it('takes names of object members for what they are', () => {
    expect(urlKey('http://constructor/x?constructor=1')).toBe('//constructor/x?constructor=1');
  });

  it('keeps a blog whose name is a mobile label', () => {
    expect(urlKey('https://m.blogspot.com/x')).toBe('//m.blogspot.com/x');
  });

  it.each([
    '',
    ' ',
    'ferry',
    '/2026/ferry',
    '//',
    'http://',
    'http://..',
    'ftp://e.example/',
    'mailto:a@e.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://a b.example/',
    'http://e.example:99999/',
    'http://[::1',
  ])('refuses %j', (address) => {
    expect(urlKey(address)).toBeNull();
  });

  const pieces = fc.constantFrom(
    'amp',
    'index.html',
    '.amp',
    '%2e',
    '%41',
    '%',
    'a',
    'É',
    ';jsessionid=1',
    '//',
    '/',
    '?',
    '&',
    '=',
    'utm_x=1',
    'amp;',
    'ref=e.example',
    '#',
    '#!',
    '+',
    ' ',
    '|',
    '\\',
    '.',
    '..',
  );
  const hosts = fc.constantFrom(
    'e.example',
    'www.e.example',
    'm.www2.e.example',
    'en.m.wiki.example',
    'amp.e.example.',
    'google.com/amp/s',
    'e-example.cdn.ampproject.org/c/s',
    'web.archive.org/web/2026',
    '127.0.0.1:80',
    '[::1]:443',
    'blogspot.com',
    'm.blogspot.com',
  );
  const address = fc
    .tuple(
      fc.constantFrom('http://', 'https://', '//', 'http:/', 'https://https://'),
      hosts,
      fc.array(fc.oneof(pieces, anyText), { maxLength: 12 }),
    )
    .map(([scheme, host, parts]) => `${scheme}${host}/${parts.join('')}`);

  it('gives a key that is its own key', () => {
    fc.assert(
      fc.property(address, (text) => {
        const key = urlKey(text);
        if (key !== null) expect(urlKey(key)).toBe(key);
      }),
      { numRuns: 1_000 },
    );
  });

  it('answers any text', () => {
    fc.assert(fc.property(anyText, (text) => void urlKey(text)));
  });

  it('spends little time on hostile addresses', () => {
    const started = process.cpuUsage();
    for (const filler of ['%', 'a&', '/', ';jsessionid=', '.amp', 'http:/', 'm.', '\\', '..']) {
      urlKey(`https://e.example/${filler.repeat(3_900 / filler.length)}`);
      urlKey(`https://${filler.repeat(3_900 / filler.length)}`);
      urlKey(filler.repeat(1_000_000));
    }
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
  });
});

describe('isHomePage', () => {
  it.each([
    'https://e.example',
    'https://www.e.example/',
    'https://e.example/en',
    'https://e.example/de-at/',
    'https://e.example/index.html',
    'https://e.example/?utm_source=x',
  ])('knows %s', (address) => {
    expect(isHomePage(address)).toBe(true);
  });

  it.each([
    'https://e.example/2026/ferry',
    'https://e.example/?p=12',
    'https://e.example/oKyFAMiZMbU',
    'nothing',
  ])('does not take %s for one', (address) => {
    expect(isHomePage(address)).toBe(false);
  });
});
