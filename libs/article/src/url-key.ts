import { decodeLeniently, normalizePercentEncoding } from './percent-encoding.ts';
import { readAddress } from './read-address.ts';
import { domainOfHost, hostOf } from './registrable-domain.ts';
import { isTrackingParameter } from './tracking-parameters.ts';
import { unwrapAddress } from './unwrap-address.ts';

const MAX_ROUNDS = 8;
const PATH_SESSION = /;(?:jsessionid|phpsessid|sessionid)=[^/;?]*/gi;
const MOBILE_LABEL = /^(?:www\d?|m|mobile|amp)\./;
/** `en.m.wikipedia.org` */
const MOBILE_EDITION = /^([a-z]{2,3})\.m\./;
const AMP_SUFFIX = /(?:\.amp)+(\.html?)?$/;
const INDEX_FILE = /^index\.(?:html?|php)$/;

/**
 * The normal form under which an address is known: a network-path reference (`//e.com/a?id=1`, RFC 3986
 * §4.2) without scheme, user, default port, `www.`, mobile and AMP marks, tracking parameters and
 * fragment (but `#!`), with sorted parameters. Null for what is no http or https address. A key is its
 * own key.
 */
export function urlKey(address: string): string | null {
  let key = normalized(address);
  // Almost always stable at once; taking one mark away can lay another bare.
  for (let round = 0; key !== null && round < MAX_ROUNDS; round += 1) {
    const next = normalized(key);
    if (next === key) return key;
    key = next;
  }
  return key;
}

function normalized(address: string): string | null {
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
  while (MOBILE_EDITION.test(rest)) rest = rest.replace(MOBILE_EDITION, '$1.');
  return rest;
}

function keyPath(pathname: string): string {
  const plain = normalizePercentEncoding(pathname).replace(PATH_SESSION, '');
  const segments = plain.split('/').filter((segment) => segment !== '');
  while (segments.length > 1 && segments[0] === 'amp') segments.shift();
  let last = segments.pop();
  while (last !== undefined) {
    const bare = last.replace(AMP_SUFFIX, '$1');
    if (!isIndex(bare, segments.length)) return `/${[...segments, bare].join('/')}`;
    last = segments.pop();
  }
  return '/';
}

/** Last segments that name the same page as the path before them. */
function isIndex(segment: string, depth: number): boolean {
  return segment === '' || INDEX_FILE.test(segment) || (segment === 'amp' && depth > 0);
}

function keyQuery(search: string, host: string): string {
  if (search === '') return '';
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
