import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** What an operator has opened beyond the public internet. */
export interface PrivateAccess {
  readonly hostNames: ReadonlySet<string>;
  readonly networks: readonly Network[];
}

export const NO_PRIVATE_ACCESS: PrivateAccess = { hostNames: new Set(), networks: [] };

const HOST_NAME = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/;
/** An address written in an odd way, not a name (WHATWG URL, "ends in a number"). */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

function networkOf(entry: string): Network | null {
  const [address = '', bits] = entry.split('/', 2);
  // ipaddr.js alone would read `10.0.0` as an address.
  if (isIP(address) === 0) return null;
  if (bits !== undefined) return ipaddr.isValidCIDR(entry) ? ipaddr.parseCIDR(entry) : null;
  return [ipaddr.parse(address), isIP(address) === 4 ? 32 : 128];
}

/**
 * Reads the setting FETCH_ALLOW_PRIVATE: host names, addresses and CIDR networks, separated by commas or
 * blanks. A host name opens that name wherever it resolves to and on any port.
 * @throws Error naming the entry that is none of these.
 */
export function parsePrivateAccess(setting: string): PrivateAccess {
  const hostNames = new Set<string>();
  const networks: Network[] = [];
  for (const entry of setting.toLowerCase().split(/[\s,]+/)) {
    if (entry === '') continue;
    const network = networkOf(entry);
    if (network !== null) networks.push(network);
    else if (HOST_NAME.test(entry) && !ENDS_IN_NUMBER.test(entry)) hostNames.add(entry);
    else throw new Error(`"${entry}" is neither a host name nor an address nor a CIDR network`);
  }
  return { hostNames, networks };
}

/** Whether a private address is one that the operator has opened. */
export function opensAddress(access: PrivateAccess, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return access.networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
  );
}
