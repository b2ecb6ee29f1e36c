import { describe, expect, it } from 'vitest';
import { NO_PRIVATE_ACCESS, parsePrivateAccess } from './private-access.ts';
import { judgeUrl } from './url-policy.ts';

function codeOf(url: string, setting = ''): string {
  const judgement = judgeUrl(url, parsePrivateAccess(setting));
  return judgement.kind === 'allowed' ? 'allowed' : judgement.code;
}

describe('judgeUrl', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://%31%32%37.0.0.1/',
    'http://１２７.０.０.１/',
    'http://127.0.0.1./',
    'http://127。0。0。1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:7f00:1]/',
    'http://[64:ff9b::169.254.169.254]/',
    'http://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/feed',
    'http:\\\\127.0.0.1\\feed',
  ])('refuses the private address in %s', (url) => {
    expect(codeOf(url)).toBe('ADDRESS_REFUSED');
  });

  it.each([
    'http://localhost/',
    'http://LOCALHOST./',
    'http://localhost../',
    'http://www.localhost/',
    'http://metadata.google.internal/',
    'http://metadata.goog/',
    'http://metadata/',
    'http://intranet/',
    'http://postgres/',
    'http://kubernetes.default.svc/',
    'http://api.cluster.local/',
    'http://printer.local/',
    'http://router.home.arpa/',
    'http://ｌocalhost/',
    'http://www.intranet.test/',
    'http://example..com/',
    'http://.com/',
  ])('refuses the private name in %s', (url) => {
    expect(codeOf(url)).toBe('NAME_REFUSED');
  });

  it.each([
    ['file:///etc/passwd', 'SCHEME_REFUSED'],
    ['ftp://example.com/', 'SCHEME_REFUSED'],
    ['gopher://example.com/', 'SCHEME_REFUSED'],
    ['javascript:alert(1)', 'SCHEME_REFUSED'],
    ['data:text/html,x', 'SCHEME_REFUSED'],
    ['http://user@example.com/', 'USER_INFO_REFUSED'],
    ['http://user:secret@example.com/', 'USER_INFO_REFUSED'],
    ['http://example.com@127.0.0.1/', 'USER_INFO_REFUSED'],
    ['http://example.com:22/', 'PORT_REFUSED'],
    ['http://example.com:6379/', 'PORT_REFUSED'],
    ['http://8.8.8.8:25/', 'PORT_REFUSED'],
    ['http://', 'URL_INVALID'],
    ['http://exa mple.com/', 'URL_INVALID'],
    ['http://256.256.256.256/', 'URL_INVALID'],
    ['http://[::1/', 'URL_INVALID'],
    ['/feed', 'URL_INVALID'],
    ['', 'URL_INVALID'],
  ])('refuses %s with %s', (url, code) => {
    expect(codeOf(url)).toBe(code);
  });

  it.each([
    'http://example.com/feed?a=b#c',
    'https://example.com:443/',
    'http://example.com:80/',
    'http://example.com:8080/rss',
    'https://bücher.example/',
    'http://8.8.8.8/',
    'http://[2606:4700::1111]/',
    'http://mylocalhost.example/',
    'http://internal.example.com/',
  ])('allows %s', (url) => {
    expect(codeOf(url)).toBe('allowed');
  });

  it('opens a name that the operator allows on every port, and no name below it', () => {
    expect(codeOf('http://feeds:3000/', 'feeds')).toBe('allowed');
    expect(codeOf('http://feeds:3000/', '')).toBe('NAME_REFUSED');
    expect(codeOf('http://other.feeds.localhost/', 'feeds.localhost')).toBe('NAME_REFUSED');
  });

  it('opens a network that the operator allows on every port, and leaves public hosts as they were', () => {
    expect(codeOf('http://127.0.0.1:3000/', '127.0.0.0/8')).toBe('allowed');
    expect(codeOf('http://8.8.8.8:3000/', '127.0.0.0/8')).toBe('PORT_REFUSED');
    expect(codeOf('http://10.0.0.1/', '127.0.0.0/8')).toBe('ADDRESS_REFUSED');
  });

  it('reads the address as the browser does', () => {
    const judgement = judgeUrl('http://EXAMPLE.com:80/a/../b', NO_PRIVATE_ACCESS);
    expect(judgement).toMatchObject({ kind: 'allowed', url: { href: 'http://example.com/b' } });
  });
});
