import { decodeLeniently, normalizePercentEncoding } from './percent-encoding.ts';
import { readAddress } from './read-address.ts';
import { domainOfHost, hostOf } from './registrable-domain.ts';
import { isTrackingParameter } from './tracking-parameters.ts';
import { unwrapAddress } from './unwrap-address.ts';

const PATH_SESSION = /;(?:jsessionid|phpsessid|sessionid)=[^/;?]*/gi;
const MOBILE_LABEL = /^(?:www\d?|m|mobile|amp)\./;

/**
 * The normal form under which an address is known: a network-path reference (`//e.com/a?id=1`, RFC 3986
 * §4.2) without scheme, user, default port, `www.`, mobile and AMP marks, tracking parameters and
 * fragment (but `#!`), with sorted parameters. Null for what is no http or https address. A key is its
 * own key.
 */
export function urlKey(address: string): string | null {
  const written = readAddress(address);
  if (!written) return null;
  const url = unwrapAddress(written);
  const host = keyHost(hostOf(url));
  const port = ['', '80', '443'].includes(url.port) ? '' : `:${url.port}`;
  const fragment = url.hash.startsWith('#!')
    ? `#${normalizePercentEncoding(url.hash.slice(1))}`
    : '';
  return `//${host}${port}${keyPath(url.pathname)}${keyQuery(url.search, host)}${fragment}`;
}

/** A label is only dropped where something registrable is left: `m.blogspot.com` is somebody's blog. */
function keyHost(host: string): string {
  const domain = domainOfHost(host);
  let rest = host;
  while (rest !== domain && MOBILE_LABEL.test(rest)) rest = rest.replace(MOBILE_LABEL, '');
  return rest.replace(/^([a-z]{2,3})\.m\./, '$1.');
}

function keyPath(pathname: string): string {
  const plain = normalizePercentEncoding(pathname.replace(PATH_SESSION, ''));
  const segments = plain.split('/').filter((segment) => segment !== '');
  if (segments.length > 1 && segments[0] === 'amp') segments.shift();
  let last = segments.pop()?.replace(/\.amp(\.html?)?$/, '$1');
  while (
    last !== undefined &&
    (last === '' || (segments.length > 0 && last === 'amp') || /^index\.(?:html?|php)$/.test(last))
  ) {
    last = segments.pop();
  }
  return `/${last === undefined ? '' : [...segments, last].join('/')}`;
}

function keyQuery(search: string, host: string): string {
  const site = domainOfHost(host);
  const kept: { name: string; text: string }[] = [];
  for (const part of search.slice(1).split('&')) {
    const [name, value] = nameAndValue(part);
    if (name === '') continue;
    const parameter = {
      name: decodeLeniently(name).toLowerCase(),
      value: decodeLeniently(value).toLowerCase(),
    };
    if (isTrackingParameter(parameter, site, host)) continue;
    kept.push({ name, text: value === '' ? name : `${name}=${value}` });
  }
  // By name alone: the order of equal names can carry meaning.
  kept.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return kept.length === 0 ? '' : `?${kept.map(({ text }) => text).join('&')}`;
}

/** `amp;` is left over where an address was copied out of HTML source. */
function nameAndValue(part: string): [string, string] {
  const plain = normalizePercentEncoding(part.replace(/^(?:amp;)+/, '').replaceAll('+', '%20'));
  const equals = plain.indexOf('=');
  return equals < 0 ? [plain, ''] : [plain.slice(0, equals), plain.slice(equals + 1)];
}

/** Front pages and their language editions: no article has such an address. */
export function isHomePage(address: string): boolean {
  const key = urlKey(address);
  return key !== null && /^\/\/[^/]+\/(?:[a-z]{2}(?:-[a-z]{2})?|home|global|index)?$/i.test(key);
}
