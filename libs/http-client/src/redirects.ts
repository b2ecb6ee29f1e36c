import type { Dispatcher } from 'undici';
import type { FetchRefused, FollowedRedirect, RedirectedElsewhere } from './fetch-outcome.ts';

/** One request of an exchange, and how it was reached. */
export interface Hop {
  readonly url: string;
  readonly redirects: readonly FollowedRedirect[];
}

type Response = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>;

/** What an exchange began with, and how far it may be led. */
export interface RedirectLimits {
  readonly url: string;
  /** Redirects that may be followed, those before this exchange included; 10 where it is not given. */
  readonly maxRedirects?: number;
}

const MAX_REDIRECTS = 10;
const REDIRECT_STATUS = new Set([301, 302, 303, 307, 308]);

/** Servers send UTF-8 in Location although headers are read as Latin-1. */
function locationOf(headers: Response['headers']): string | null {
  const location = headers['location'];
  const first = Array.isArray(location) ? location[0] : location;
  if (first === undefined || first.trim() === '') return null;
  const asUtf8 = Buffer.from(first, 'latin1').toString('utf8');
  return asUtf8.includes('\uFFFD') ? first : asUtf8;
}

/** What is asked for at an address: the part behind # stays here. */
function askedAt(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

/** Where an answer leads; null where it is no redirect. */
export function followRedirect(
  { url: firstUrl, maxRedirects = MAX_REDIRECTS }: RedirectLimits,
  hop: Hop,
  response: Response,
): FetchRefused | RedirectedElsewhere | null {
  if (!REDIRECT_STATUS.has(response.statusCode)) return null;
  const location = locationOf(response.headers);
  if (location === null) return null;
  const refused = { kind: 'refused' as const, url: hop.url };
  if (!URL.canParse(location, hop.url)) {
    return { ...refused, code: 'URL_INVALID', detail: 'redirected to no address' };
  }
  const to = new URL(location, hop.url).href;
  // No cookies are kept: an address that was asked before answers as it did before.
  const before = [firstUrl, ...hop.redirects.map((redirect) => redirect.to)];
  if (before.some((url) => askedAt(url) === askedAt(to))) {
    return { ...refused, code: 'REDIRECT_LOOP', detail: 'redirects lead back to where they began' };
  }
  if (hop.redirects.length >= maxRedirects) {
    const detail = `more than ${maxRedirects} redirects`;
    return { ...refused, code: 'TOO_MANY_REDIRECTS', detail };
  }
  const redirects = [...hop.redirects, { status: response.statusCode, to }];
  return { kind: 'redirected', url: to, redirects };
}
