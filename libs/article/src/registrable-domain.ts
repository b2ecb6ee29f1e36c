import { getDomain } from 'tldts';
import { readAddress } from './read-address.ts';
import { unwrapAddress } from './unwrap-address.ts';

/**
 * The part of a host that one owner registered: `example.co.uk` of `news.example.co.uk`. Blog hosts
 * count as suffixes (`a.blogspot.com`); an IP address or a name without suffix stands for itself.
 */
export function domainOfHost(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

/** Host without the full stops of a rooted name. */
export function hostOf(url: URL): string {
  let end = url.hostname.length;
  while (url.hostname[end - 1] === '.') end -= 1;
  return url.hostname.slice(0, end);
}

/** Whose site an address is on, AMP caches and redirectors unwrapped; null for no http or https address. */
export function registrableDomain(url: string): string | null {
  const written = readAddress(url);
  return written && domainOfHost(hostOf(unwrapAddress(written)));
}
