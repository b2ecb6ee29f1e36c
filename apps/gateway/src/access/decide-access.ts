/** The parts of a request that say who may be behind it. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

export type AccessDecision =
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'refused';
      readonly status: 403 | 421;
      readonly code: 'HOST_NOT_ALLOWED' | 'FOREIGN_ORIGIN';
      readonly detail: string;
    };

const ALLOWED: AccessDecision = { kind: 'allowed' };
const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Sites a browser reports for requests that no foreign page caused. */
const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Without keys, being on this machine is the only proof there is. A page in a browser on this machine
 * must not be able to borrow it: neither by a name it points at loopback (Host), nor by posting here
 * from elsewhere (Origin, Sec-Fetch-Site).
 */
export function decideAccess(
  request: RequestFacts,
  allowedHosts: readonly string[],
): AccessDecision {
  if (isProbe(request.path)) return ALLOWED;
  if (!isAllowedHost(request.host, allowedHosts)) {
    return {
      kind: 'refused',
      status: 421,
      code: 'HOST_NOT_ALLOWED',
      detail: 'the Host header names neither this machine nor one of ALLOWED_HOSTS',
    };
  }
  if (READING_METHODS.has(request.method) || !isForeign(request, allowedHosts)) return ALLOWED;
  return {
    kind: 'refused',
    status: 403,
    code: 'FOREIGN_ORIGIN',
    detail: 'a page of another origin may not write here; add its host to ALLOWED_HOSTS to let it',
  };
}

/** Orchestrators and scrapers come by container names and read nothing secret. */
function isProbe(path: string): boolean {
  return path === '/metrics' || path === '/health/live' || path === '/health/ready';
}

function isForeign(request: RequestFacts, allowedHosts: readonly string[]): boolean {
  const { origin, fetchSite, host } = request;
  if (origin !== undefined) {
    const originHost = hostOfOrigin(origin);
    return (
      originHost === null ||
      (originHost !== normal(host ?? '') && !isListed(originHost, allowedHosts))
    );
  }
  return fetchSite !== undefined && !OWN_SITES.has(fetchSite.toLowerCase());
}

/** `host:port` of an http or https origin; null for `null` and everything odd. */
function hostOfOrigin(origin: string): string | null {
  const match = /^https?:\/\/([^/?#@\s]{1,300})$/i.exec(origin);
  return match?.[1] === undefined ? null : normal(match[1]);
}

function isAllowedHost(host: string | undefined, allowedHosts: readonly string[]): boolean {
  if (host === undefined) return false;
  const name = withoutPort(normal(host));
  return isLoopbackName(name) || isListed(normal(host), allowedHosts);
}

function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}

/** An entry without port allows every port. */
function isListed(host: string, allowedHosts: readonly string[]): boolean {
  return allowedHosts.some((entry) => {
    const allowed = normal(entry);
    return allowed === host || allowed === withoutPort(host);
  });
}

function normal(host: string): string {
  return host.trim().toLowerCase();
}

function withoutPort(host: string): string {
  return host.replace(/:\d{1,5}$/, '').replace(/\.$/, '');
}
