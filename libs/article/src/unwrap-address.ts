import { readAddress } from './read-address.ts';

const MAX_WRAPPERS = 3;

/** `https://e-com.cdn.ampproject.org/c/s/e.com/a`: type of document, `s` for https, then the address. */
const AMP_CACHE_PATH = /^\/(?:[acivx]|mbv|wp)\/(s\/)?(.+)$/;
const AMP_VIEWER_PATH = /^\/amp\/(s\/)?(.+)$/;
const ARCHIVE_PATH = /^\/web\/\d{4,14}[a-z_]{0,4}\/(.+)$/;

function rebuilt(match: RegExpExecArray | null, search: string): string | null {
  return match?.[2] === undefined ? null : `${match[1] ? 'https' : 'http'}://${match[2]}${search}`;
}

function wrappedAddress(url: URL): string | null {
  const host = url.hostname.replace(/^www\./, '');
  if (host.endsWith('.cdn.ampproject.org'))
    return rebuilt(AMP_CACHE_PATH.exec(url.pathname), url.search);
  if (/^google\.[a-z.]{2,6}$/.test(host)) {
    if (url.pathname === '/url') return url.searchParams.get('q') ?? url.searchParams.get('url');
    return rebuilt(AMP_VIEWER_PATH.exec(url.pathname), url.search);
  }
  if (host === 'l.facebook.com' || host === 'lm.facebook.com') return url.searchParams.get('u');
  if (host === 'web.archive.org') {
    const archived = ARCHIVE_PATH.exec(url.pathname)?.[1];
    return archived === undefined ? null : archived + url.search;
  }
  return null;
}

/** The address inside AMP caches, redirectors and archives, as far as it is written in their own. */
export function unwrapAddress(url: URL): URL {
  let current = url;
  for (let depth = 0; depth < MAX_WRAPPERS; depth += 1) {
    const wrapped = wrappedAddress(current);
    const inner = wrapped === null ? null : readAddress(wrapped);
    if (!inner) return current;
    current = inner;
  }
  return current;
}
