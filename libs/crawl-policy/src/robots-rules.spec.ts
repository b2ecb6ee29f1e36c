import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRobots, readRobots } from './robots-rules.ts';

const ORIGIN = 'https://news.example';

function rules(text: string) {
  return readRobots(text, 'Broadsheet', ORIGIN);
}

describe('robots.txt', () => {
  it('lets the longest rule decide, and allow where two are as long', () => {
    const { allows } = rules('User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /c\nAllow: /c\n');
    expect([
      allows(`${ORIGIN}/a/x`),
      allows(`${ORIGIN}/a/b/x`),
      allows(`${ORIGIN}/c`),
      allows(`${ORIGIN}/d`),
    ]).toEqual([false, true, true, true]);
  });

  it('lets a group for this crawler stand in for the one for all', () => {
    const { allows } = rules(
      'User-agent: *\nDisallow: /\n\nUser-agent: broadsheet\nDisallow: /x\n',
    );
    expect([allows(`${ORIGIN}/`), allows(`${ORIGIN}/x`)]).toEqual([true, false]);
  });

  it('is always allowed itself', () => {
    const { allows } = rules('User-agent: *\nDisallow: /\n');
    expect([allows(`${ORIGIN}/robots.txt`), allows(`${ORIGIN}/`)]).toEqual([true, false]);
  });

  it.each([
    ['5', 5],
    ['0.5', 0.5],
    ['-3', null],
    ['soon', null],
    ['Infinity', null],
  ])('reads a crawl-delay of %s as %s', (written, seconds) => {
    expect(rules(`User-agent: *\nCrawl-delay: ${written}\n`).delaySeconds).toBe(seconds);
  });

  it('makes the addresses of sitemaps absolute and drops what is none', () => {
    const text =
      'Sitemap: /s.xml\nSitemap: ftp://x.example/s\nsitemap: https://cdn.example/n.xml#a\n';
    expect(rules(text).sitemaps).toEqual([`${ORIGIN}/s.xml`, 'https://cdn.example/n.xml']);
  });

  it('is read up to 500 KiB and with its byte order mark', () => {
    const group = 'User-agent: *\nDisallow: /\n';
    const beyond = `${'#x\n'.repeat(171_000)}${group}`;
    expect(rules(decodeRobots(Buffer.from(beyond))).allows(`${ORIGIN}/a`)).toBe(true);
    expect(rules(decodeRobots(Buffer.from(`\uFEFF${group}`))).allows(`${ORIGIN}/a`)).toBe(false);
  });

  it.each([
    ['bare carriage returns', 'User-agent: *\rDisallow: /~x\r'],
    ['zeros', 'User-agent: *\nDisallow: /~x\0\n'],
    ['UTF-16', Buffer.from('\uFEFFUser-agent: *\nDisallow: /~x\n', 'utf16le')],
  ])('is read in spite of %s', (_case, file) => {
    const { allows } = rules(decodeRobots(Buffer.from(file)));
    expect([allows(`${ORIGIN}/~x`), allows(`${ORIGIN}/y`)]).toEqual([false, true]);
  });

  it('forbids what it forbids, however much it says to other crawlers', () => {
    const others = `User-agent: other\n${'Disallow: /*/print\n'.repeat(5_000)}`;
    const { allows } = rules(`${others}${'User-agent: *\n'.repeat(5_000)}Disallow: /x\n`);
    expect([allows(`${ORIGIN}/x`), allows(`${ORIGIN}/a/print`)]).toEqual([false, true]);
  });

  it('of wildcards alone costs no more than a moment', () => {
    const line = `Disallow: /${'*a'.repeat(1_000)}$\n`;
    const { allows } = rules(`User-agent: *\n${line.repeat(240)}`);
    const before = process.cpuUsage();
    expect(allows(`${ORIGIN}/${'a'.repeat(1_900)}b`)).toBe(true);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });

  it('never throws, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), fc.webPath(), (text, path) => {
        const read = rules(`User-agent: *\n${text}`);
        expect(typeof read.allows(`${ORIGIN}${path}`)).toBe('boolean');
      }),
    );
  });
});
