import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressId, contentId, recordId, trailEventId } from './article-id.ts';
import { chooseArticleId } from './choose-article-id.ts';
import { registrableDomain } from './registrable-domain.ts';

const PUSHED = 'https://www.harbour.example/ferry?utm_source=rss';
const CANONICAL = 'https://news.harbour.example/2026/ferry';
const TEXT = 'The ferry came back on Monday.';
const UUID_V5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('chooseArticleId', () => {
  it('takes the canonical address of the same registrable domain, and keeps both addresses', () => {
    const identity = chooseArticleId({ pushedUrl: PUSHED, canonicalUrl: CANONICAL, text: TEXT });
    expect(identity).toEqual({
      id: addressId(CANONICAL),
      url: PUSHED,
      canonicalUrl: CANONICAL,
      addresses: [
        { addressId: addressId(CANONICAL), url: CANONICAL },
        { addressId: addressId(PUSHED), url: PUSHED },
      ],
    });
  });

  it.each([
    ['another site', 'https://copy.example/ferry'],
    ['another blog of the same host', 'https://harbour.blogspot.com/ferry'],
    ['a front page', 'https://www.harbour.example/'],
    ['no address', 'not an address'],
  ])('does not believe a canonical address that names %s', (_what, canonicalUrl) => {
    const identity = chooseArticleId({ pushedUrl: PUSHED, canonicalUrl, text: TEXT });
    expect(identity).toMatchObject({ id: addressId(PUSHED), url: PUSHED, canonicalUrl: null });
    expect(identity.addresses).toHaveLength(1);
  });

  it('believes the publisher behind an AMP cache', () => {
    const pushedUrl = 'https://harbour-example.cdn.ampproject.org/c/s/harbour.example/ferry';
    expect(chooseArticleId({ pushedUrl, canonicalUrl: CANONICAL, text: TEXT }).id).toBe(
      addressId(CANONICAL),
    );
  });

  it('names what has no address by its content', () => {
    expect(chooseArticleId({ pushedUrl: null, canonicalUrl: null, text: TEXT })).toEqual({
      id: contentId(TEXT),
      url: null,
      canonicalUrl: null,
      addresses: [],
    });
  });

  it('keeps the content id, with which the push was answered, beside a canonical address', () => {
    const identity = chooseArticleId({ pushedUrl: null, canonicalUrl: CANONICAL, text: TEXT });
    expect(identity).toMatchObject({ id: addressId(CANONICAL), url: CANONICAL });
    expect(identity.addresses.map(({ addressId: id }) => id)).toEqual([
      addressId(CANONICAL),
      contentId(TEXT),
    ]);
  });

  it('gives the same answer for its own answer', () => {
    const url = fc.constantFrom(
      PUSHED,
      CANONICAL,
      'https://other.example/x',
      'http://harbour.example/',
      '//x',
      'nothing',
    );
    fc.assert(
      fc.property(fc.option(url), fc.option(url), fc.string(), (pushedUrl, canonicalUrl, text) => {
        const first = chooseArticleId({ pushedUrl, canonicalUrl, text });
        const again = chooseArticleId({
          pushedUrl: first.url,
          canonicalUrl: first.canonicalUrl,
          text,
        });
        expect(again.id).toBe(first.id);
        expect(first.id).toMatch(UUID_V5);
        expect(first.addresses.every(({ url: address }) => addressId(address) !== null)).toBe(true);
      }),
    );
  });
});

describe('ids', () => {
  it('are the same for all spellings of one thing, and different for different things', () => {
    expect(addressId('http://m.harbour.example/ferry/')).toBe(
      addressId('https://harbour.example/ferry#x'),
    );
    expect(addressId('nothing')).toBeNull();
    expect(contentId('caf\u00e9\r\nopen\n')).toBe(contentId('cafe\u0301\nopen'));
    expect(contentId('a')).not.toBe(contentId('b'));
    expect(recordId('articles.raw', 1, 23n)).toBe(recordId('articles.raw', 1, '23'));
    expect(recordId('articles.raw', 1, 23n)).not.toBe(recordId('articles.raw', 12, 3n));
    expect(trailEventId('a', 'bc')).not.toBe(trailEventId('ab', 'c'));
  });

  it('stay what they have been in every release', () => {
    expect(addressId('https://harbour.example/ferry')).toBe('8b91f074-d2fe-545e-b1ea-1e862984a20b');
    expect(contentId('The ferry')).toBe('02d0c67a-7140-5fa4-a7ef-28affb24fdfd');
  });
});

describe('registrableDomain', () => {
  it.each([
    ['https://news.harbour.co.uk/x', 'harbour.co.uk'],
    ['https://a.blogspot.com/x', 'a.blogspot.com'],
    ['https://harbour-example.cdn.ampproject.org/c/s/harbour.example/x', 'harbour.example'],
    ['http://192.0.2.7/x', '192.0.2.7'],
    ['http://localhost:8080/x', 'localhost'],
    ['ftp://harbour.example/', null],
  ])('of %s is %s', (url, domain) => {
    expect(registrableDomain(url)).toBe(domain);
  });
});
