import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { buildConnector } from 'undici';
import { isAddressAllowed } from './address-policy.ts';
import { AddressRefused, NameNotResolved } from './http-client.errors.ts';
import type { PrivateAccess } from './private-access.ts';
import { bareHostName } from './url-policy.ts';

/** Resolves a host name to every address it has, in the order in which they should be tried. */
export type ResolveHost = (hostName: string) => Promise<readonly string[]>;

export async function resolveWithSystem(hostName: string): Promise<readonly string[]> {
  const answers = await lookup(hostName, { all: true });
  return answers.map((answer) => answer.address);
}

/** A resolver has no limit of its own that could be relied on; a socket waiting for it would stay for ever. */
function withinTime(resolve: ResolveHost, timeoutMs: number): ResolveHost {
  return async (host) => {
    const timeout = new AbortController();
    const late = delay(timeoutMs, undefined, { signal: timeout.signal }).then(() => {
      throw new Error(`no answer within ${timeoutMs} ms`);
    });
    try {
      return await Promise.race([resolve(host), late]);
    } finally {
      timeout.abort();
    }
  };
}

async function resolveAllowed(
  host: string,
  access: PrivateAccess,
  resolve: ResolveHost,
): Promise<readonly string[]> {
  if (isIP(host) !== 0) {
    if (!isAddressAllowed(host, access) && !access.hostNames.has(host))
      throw new AddressRefused(host, host);
    return [host];
  }
  const addresses = await resolve(host).catch((cause: unknown) => {
    throw new NameNotResolved(host, { cause });
  });
  if (addresses.length === 0) throw new NameNotResolved(host);
  if (access.hostNames.has(host)) return addresses;
  // One private address among public ones is how a rebinding answer looks: none of them is dialled.
  const offending = addresses.find((address) => !isAddressAllowed(address, access));
  if (offending !== undefined) throw new AddressRefused(host, offending);
  return addresses;
}

export type Connector = buildConnector.connector;

export interface DialSettings {
  /** For the look-up, and again for each address. */
  readonly timeoutMs: number;
  /** Whether HTTP/2 is offered to servers (ALPN). */
  readonly allowH2: boolean;
}

type Dial = (options: buildConnector.Options, callback: buildConnector.Callback) => void;
type Dialled = Parameters<buildConnector.Callback>;

/** A name with a thousand addresses that answer nothing must not be dialled for hours. */
const MAX_DIALS = 4;

function dialOne(dial: Dial, options: buildConnector.Options): Promise<Dialled> {
  return new Promise((settle) => {
    dial(options, (...dialled) => {
      settle(dialled);
    });
  });
}

function notDialled(error: unknown): Dialled {
  return [error instanceof Error ? error : new Error(String(error)), null];
}

/**
 * A connector that resolves once, checks every address of the answer and dials a checked address, so that
 * no second look-up can give another answer. undici calls it for every new socket: names and literals,
 * first hop and redirects. (A `lookup` hook is not called for literals.)
 */
export function guardedConnector(
  access: PrivateAccess,
  resolve: ResolveHost,
  { timeoutMs, allowH2 }: DialSettings,
): Connector {
  const resolveInTime = withinTime(resolve, timeoutMs);
  const dial: Dial = buildConnector({ allowH2, timeout: timeoutMs });

  async function dialChecked(options: buildConnector.Options): Promise<Dialled> {
    const host = bareHostName(options.hostname);
    const addresses = await resolveAllowed(host, access, resolveInTime);
    const servername = isIP(host) === 0 ? { servername: host } : {};
    let dialled: Dialled = [new NameNotResolved(host), null];
    for (const hostname of addresses.slice(0, MAX_DIALS)) {
      dialled = await dialOne(dial, { ...options, ...servername, hostname });
      if (dialled[0] === null) return dialled;
    }
    return dialled;
  }

  async function connect(
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): Promise<void> {
    callback(...(await dialChecked(options).catch(notDialled)));
  }

  return (options, callback) => {
    void connect(options, callback);
  };
}
