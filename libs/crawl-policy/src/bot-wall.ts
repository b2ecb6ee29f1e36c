import type { HintHeaders } from './response-hints.ts';

/** Pages that keep programs out are short, and say so early. */
const MAX_WALL_LENGTH = 200_000;
const SEARCHED_LENGTH = 64 * 1024;

/** What services against programs load or name in the pages that they put in front of others. */
const MARKERS = [
  '/cdn-cgi/challenge-platform/h/',
  'window._cf_chl_opt',
  '_incapsula_resource',
  'captcha-delivery.com/',
  'px-captcha',
  'window._pxappid',
  'awswafcookiedomainlist',
  '.awswaf.com/',
  '/_sec/cp_challenge/',
  '/.well-known/sgcaptcha/',
  'ddos-guard/js-challenge',
  '/.well-known/ddos-guard/',
  'id="distilidentificationblock"',
  'sucuri_cloudproxy_js',
  'id="anubis_',
  '/2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js',
  'window.rbzns',
  'https://errors.edgesuite.net/',
] as const;

/** Titles of such pages, as a whole: articles are written about them too. */
const TITLES = new Set([
  'just a moment...',
  'attention required! | cloudflare',
  'ddos-guard',
  'sucuri website firewall - access denied',
  'vercel security checkpoint',
  "making sure you're not a bot!",
  'making sure you&#39;re not a bot!',
  'request rejected',
  'pardon our interruption',
  'pardon our interruption...',
  'are you a robot?',
  'are you human?',
  'human verification',
  'verifying you are human',
  'bot verification',
  'robot check',
  'security check',
  'access to this page has been denied',
  'access to this page has been denied.',
]);
const TITLE = /<title[^>]{0,200}>([^<]{0,200})</i;

function isWallByHeaders(headers: HintHeaders): boolean {
  const mitigations = [headers['cf-mitigated'], headers['x-vercel-mitigated']];
  if (mitigations.some((action) => action?.toLowerCase() === 'challenge')) return true;
  const action = headers['x-amzn-waf-action']?.toLowerCase();
  if (action === 'challenge' || action === 'captcha') return true;
  return headers['x-datadome'] !== undefined && headers['x-dd-b'] !== undefined;
}

function isWallByContent(html: string): boolean {
  const start = html.slice(0, SEARCHED_LENGTH);
  const title = TITLE.exec(start)?.[1]?.trim().toLowerCase() ?? '';
  if (TITLES.has(title)) return true;
  // A page with an article is somebody's content, whatever scripts it carries.
  const lowerCase = start.toLowerCase();
  return !lowerCase.includes('<article') && MARKERS.some((marker) => lowerCase.includes(marker));
}

/**
 * Whether an answer comes from a wall against programs and not from the publisher: told by headers that only
 * such walls send, by the scripts of a short page, or by its whole title.
 */
export function isBotWall(headers: HintHeaders, html: string | null): boolean {
  if (isWallByHeaders(headers)) return true;
  return html !== null && html.length <= MAX_WALL_LENGTH && isWallByContent(html);
}
