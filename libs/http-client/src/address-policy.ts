import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { opensAddress, type PrivateAccess } from './private-access.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Not in any special range, yet never a publisher: the platform services of Azure. */
const PLATFORM_SERVICES: readonly Address[] = [ipaddr.parse('168.63.129.16')];

/** Global unicast (RFC 4291); what lies outside is not routed on the public internet. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Documentation (RFC 9637), which ipaddr.js does not list. */
const DOCUMENTATION_V6 = ipaddr.IPv6.parseCIDR('3fff::/20');

const V4_MAPPED = ipaddr.IPv6.parseCIDR('::ffff:0:0/96');
const V4_TRANSLATED = ipaddr.IPv6.parseCIDR('::ffff:0:0:0/96');
const V4_COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const SIX_TO_FOUR = ipaddr.IPv6.parseCIDR('2002::/16');

const BYTES_OF_V4 = 4;
const V4_AT_END = 12;
const V4_AFTER_PREFIX = 2;
/** Interface identifier of ISATAP (RFC 5214): 0000:5efe or 0200:5efe, then the IPv4 address. */
const ISATAP_MARK = [0x5e, 0xfe] as const;

function embeddedV4(address: ipaddr.IPv6, at: number): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(at, at + BYTES_OF_V4));
}

function isIsatap(address: ipaddr.IPv6): boolean {
  const bytes = address.toByteArray();
  const isReservedStart = bytes[8] === 0x00 || bytes[8] === 0x02;
  return (
    isReservedStart &&
    bytes[9] === 0 &&
    bytes[10] === ISATAP_MARK[0] &&
    bytes[11] === ISATAP_MARK[1]
  );
}

/** The IPv4 address that a packet to this address would reach in the end, or the address itself. */
function unwrap(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address;
  const endsInV4 = [V4_MAPPED, V4_TRANSLATED, NAT64].some((range) => address.match(range));
  if (endsInV4) return embeddedV4(address, V4_AT_END);
  if (address.match(SIX_TO_FOUR)) return embeddedV4(address, V4_AFTER_PREFIX);
  return isIsatap(address) ? embeddedV4(address, V4_AT_END) : address;
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv4)
    return !PLATFORM_SERVICES.some((service) => service.toString() === address.toString());
  return address.match(GLOBAL_UNICAST_V6) && !address.match(DOCUMENTATION_V6);
}

/** Both the address as written and what it unwraps to, so that an opened network covers either form. */
function formsOf(address: Address): readonly Address[] {
  if (
    address instanceof ipaddr.IPv6 &&
    address.match(V4_COMPATIBLE) &&
    address.range() === 'unicast'
  ) {
    return [address, embeddedV4(address, V4_AT_END)];
  }
  const unwrapped = unwrap(address);
  return unwrapped === address ? [address] : [address, unwrapped];
}

/**
 * Strict, where ipaddr.js reads `10.0.0` as an address and `::8.8.8.8` as a mapped one: the URL parser
 * writes IPv6 in one form only and knows no zones.
 */
function readAddress(text: string): Address | null {
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  if (!isIPv6(text) || !URL.canParse(`http://[${text}]`)) return null;
  return ipaddr.IPv6.parse(new URL(`http://[${text}]`).hostname.slice(1, -1));
}

/**
 * Whether the fetcher may connect to an IP address. Forms that carry an IPv4 address (mapped, translated,
 * NAT64, 6to4, ISATAP) are judged by that address; everything else must be global unicast.
 */
export function isAddressAllowed(text: string, access: PrivateAccess): boolean {
  const address = readAddress(text);
  if (address === null) return false;
  if (isPublic(unwrap(address))) return true;
  return formsOf(address).some((form) => opensAddress(access, form));
}
