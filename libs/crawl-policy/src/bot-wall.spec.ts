import { describe, expect, it } from 'vitest';
import { isBotWall } from './bot-wall.ts';

const page = (title: string, body: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;

describe('a wall against programs', () => {
  it.each([
    [{ 'cf-mitigated': 'challenge' }],
    [{ 'x-vercel-mitigated': 'challenge' }],
    [{ 'x-amzn-waf-action': 'captcha' }],
    [{ 'x-datadome': 'protected', 'x-dd-b': '1' }],
  ])('is told by the headers %j, whatever it shows', (headers) => {
    expect(isBotWall(headers, null)).toBe(true);
  });

  it.each([
    ['Just a moment...', '<div id="x"></div>'],
    [' Pardon Our Interruption ', '<p>As you were browsing</p>'],
    ['', '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'],
    ['news.example', '<script src="https://ct.captcha-delivery.com/c.js"></script>'],
    ['', '<iframe src="/_Incapsula_Resource?SWUDNSAI=31"></iframe>'],
    ['You are being redirected...', '<script>sucuri_cloudproxy_js="";</script>'],
    ['Making sure you&#39;re not a bot!', '<script id="anubis_version">"v1"</script>'],
    ['Access Denied', '<p>Reference #18.2 https://errors.edgesuite.net/18.2</p>'],
    ['Request Rejected', 'Your support ID is: 123'],
  ])('is told by its page (%s)', (title, body) => {
    expect(isBotWall({}, page(title, body))).toBe(true);
  });
});

describe('what a publisher sends', () => {
  it.each([
    ['an article about walls', page('Just a moment... why sites ask', '<p>Are you human?</p>')],
    [
      'an article that a service watches over',
      page('News', '<article><p>Text</p></article><script>window._cf_chl_opt={}</script>'),
    ],
    ['a long page', page('Just a moment...', 'x'.repeat(250_000))],
    ['nothing', ''],
  ])('is no wall: %s', (_what, html) => {
    expect(isBotWall({ server: 'cloudflare', 'x-datadome': 'protected' }, html)).toBe(false);
  });
});
