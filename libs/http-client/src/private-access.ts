import ipaddr from 'ipaddr.js';

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** What an operator has opened beyond the public internet. */
export interface PrivateAccess {
  readonly hostNames: ReadonlySet<string>;
  readonly networks: readonly Network[];
}

export const NO_PRIVATE_ACCESS: PrivateAccess = { hostNames: new Set(), networks: [] };

const HOST_NAME = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/;

function networkOf(entry: string): Network | null {
  if (entry.includes('/')) return ipaddr.isValidCIDR(entry) ? ipaddr.parseCIDR(entry) : null;
  if (!ipaddr.isValid(entry)) return null;
  const address = ipaddr.parse(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
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
    else if (HOST_NAME.test(entry) && /[a-z]/.test(entry)) hostNames.add(entry);
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
