import { Agent, Pool, ProxyAgent, request as send, type Dispatcher } from 'undici';
import type { Connector } from './guarded-connect.ts';

interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
}

/** How requests leave. */
export interface WayOut {
  send(url: URL, request: OutgoingRequest): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

const CONNECTIONS_PER_ORIGIN = 2;
const LIMITS = { pipelining: 1, maxHeaderSize: 32 * 1024 };

/** Straight to the addresses that the connector allows. */
export function directWayOut(connect: Connector, allowH2: boolean): WayOut {
  const limits = { ...LIMITS, allowH2, connections: CONNECTIONS_PER_ORIGIN };
  const dispatcher = new Agent({ ...limits, connect });
  return {
    send: (url, request) => send(url, { ...request, dispatcher }),
    close: () => dispatcher.destroy(),
  };
}

function credentialsOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/**
 * By way of a proxy, which resolves the names: plain HTTP is handed over in absolute form (RFC 9112 §3.2.2),
 * TLS goes through a tunnel.
 */
export function proxiedWayOut(proxyUrl: URL, connectTimeoutMs: number): WayOut {
  const credentials = credentialsOf(proxyUrl);
  const limits = { ...LIMITS, connectTimeout: connectTimeoutMs, allowH2: false };
  // One pool for all sites: a ProxyAgent would keep one for each of them for ever.
  const plain = new Pool(proxyUrl.origin, limits);
  const tunnels = new ProxyAgent({
    ...limits,
    uri: proxyUrl.origin,
    headers: credentials,
    connections: CONNECTIONS_PER_ORIGIN,
    clientFactory: (origin, options) =>
      new Pool(origin, { ...options, headersTimeout: connectTimeoutMs }),
  });
  return {
    send: (url, request) => {
      if (url.protocol === 'https:') return send(url, { ...request, dispatcher: tunnels });
      const { origin, pathname, search, host } = url;
      const headers = { ...request.headers, ...credentials, host };
      return plain.request({ ...request, headers, path: `${origin}${pathname}${search}` });
    },
    close: async () => {
      await Promise.all([plain.destroy(), tunnels.destroy()]);
    },
  };
}
