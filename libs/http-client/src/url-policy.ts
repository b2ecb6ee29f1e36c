import { isIP } from 'node:net';
import { isAddressAllowed } from './address-policy.ts';
import type { RefusalCode } from './fetch-outcome.ts';
import { NO_PRIVATE_ACCESS, type PrivateAccess } from './private-access.ts';

export type UrlJudgement =
  | { readonly kind: 'allowed'; readonly url: URL }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string };

const SCHEMES = new Set(['http:', 'https:']);
/** Ports that publishers use; anything else is more likely a service that should not be poked at. */
const PORTS = new Set(['', '80', '443', '8080', '8443']);

/** Names that mean nothing on the public web, or only inside a network; and the metadata hosts of clouds. */
const PRIVATE_NAME_ENDINGS = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'arpa',
  'invalid',
  'test',
  'alt',
  'onion',
  'cluster.local',
  'svc',
  'metadata.goog',
] as const;

function refused(code: RefusalCode, detail: string): UrlJudgement {
  return { kind: 'refused', code, detail };
}

/** The host as the address policy wants it: no brackets, no trailing dots. */
export function bareHostName(hostname: string): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  let end = hostname.length;
  while (hostname[end - 1] === '.') end -= 1;
  return hostname.slice(0, end);
}

function isPrivateName(host: string): boolean {
  const labels = host.split('.');
  if (labels.length === 1 || labels.includes('')) return true;
  return PRIVATE_NAME_ENDINGS.some((ending) => host === ending || host.endsWith(`.${ending}`));
}

function judgeHost(url: URL, access: PrivateAccess): UrlJudgement {
  const host = bareHostName(url.hostname);
  if (host === '') return refused('URL_INVALID', 'the address names no host');
  if (access.hostNames.has(host)) return { kind: 'allowed', url };
  const isLiteral = isIP(host) !== 0;
  if (isLiteral && !isAddressAllowed(host, access)) {
    return refused('ADDRESS_REFUSED', `${host} is not a public address`);
  }
  if (!isLiteral && isPrivateName(host)) {
    return refused('NAME_REFUSED', `${host} is not a public name`);
  }
  const isOpenedLiteral = isLiteral && !isAddressAllowed(host, NO_PRIVATE_ACCESS);
  if (!PORTS.has(url.port) && !isOpenedLiteral) {
    return refused('PORT_REFUSED', `port ${url.port} is not one of the web`);
  }
  return { kind: 'allowed', url };
}

/**
 * Judges an address before anything is sent: scheme, user info, name, literal address, port. The WHATWG
 * parser has turned octal, hexadecimal, short and full-width forms of IPv4 into dotted ones by then.
 */
export function judgeUrl(text: string, access: PrivateAccess, base?: string): UrlJudgement {
  if (!URL.canParse(text, base)) return refused('URL_INVALID', 'not an absolute address');
  const url = new URL(text, base);
  if (!SCHEMES.has(url.protocol)) {
    return refused('SCHEME_REFUSED', `${url.protocol} is neither http nor https`);
  }
  if (url.username !== '' || url.password !== '') {
    return refused('USER_INFO_REFUSED', 'the address carries a user name or password');
  }
  return judgeHost(url, access);
}
