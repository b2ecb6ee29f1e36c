import type { Dispatcher } from 'undici';
import { type BodyLimits, readBody } from './body-reader.ts';
import { faultOf } from './failure-code.ts';
import { rememberingResolver } from './dns-cache.ts';
import type {
  FetchOutcome,
  FetchRefused,
  FollowedRedirect,
  RedirectedElsewhere,
  ResponseHeaders,
} from './fetch-outcome.ts';
import { guardedConnector, resolveWithSystem, type ResolveHost } from './guarded-connect.ts';
import type { PrivateAccess } from './private-access.ts';
import { followRedirect, type Hop } from './redirects.ts';
import { judgeUrl } from './url-policy.ts';
import { directWayOut, proxiedWayOut, type WayOut } from './way-out.ts';

export interface HttpClientSettings {
  /** Names the program and a contact, so that a publisher can complain to a person. */
  readonly userAgent: string;
  readonly privateAccess: PrivateAccess;
  /**
   * The operator's proxy, with its credentials. It resolves the names, so what they resolve to is its
   * business; everything that shows in an address is still judged here, for every hop.
   */
  readonly proxyUrl?: URL | undefined;
  /** Whether servers that speak HTTP/2 are spoken to in it; not through a proxy. Off where it is not given. */
  readonly http2?: boolean;
  /** The system's resolver where it is not given. */
  readonly resolve?: ResolveHost;
  /** How long an answer of the resolver is remembered. */
  readonly dnsCacheMs?: number;
}

export interface FetchRequest extends BodyLimits {
  readonly url: string;
  /** Value of the Accept header. */
  readonly accept: string;
  /** Limit over everything: look-ups, redirects, the last byte of the body. */
  readonly deadlineMs: number;
  /** Judges the media type before the body is read; null where the server names none. */
  readonly wantsType?: (mediaType: string | null) => boolean;
  readonly etag?: string | null;
  /** Fields to POST; redirects of it are not followed. */
  readonly form?: Readonly<Record<string, string>>;
  readonly lastModified?: string | null;
  /** Redirects that earlier exchanges followed from `url`: this one goes on from the last of them. */
  readonly followed?: readonly FollowedRedirect[];
  /** Redirects that may be followed, the earlier ones included; 10 where it is not given. */
  readonly maxRedirects?: number;
  /** Aborting it makes `fetch` throw the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Whether a redirect to an address may be followed within the exchange. */
export type MayFollow = (url: string) => Promise<boolean>;

const FOLLOW_ALL: MayFollow = () => Promise.resolve(true);

const CONNECT_TIMEOUT_MS = 10_000;
const DNS_CACHE_MS = 60_000;
/** A body that nobody wants is read up to here to keep the connection, else the socket is closed. */
const MAX_DISCARDED_BYTES = 64 * 1024;

/** 407 is for the operator of the proxy to mend. */
const RETRY_LATER_STATUS = new Set([206, 407, 408, 421, 423, 425, 429]);
const NOT_MODIFIED = 304;
/** Nobody asked for a part. */
const PARTIAL = 206;

type Response = Dispatcher.ResponseData;

type Step = FetchOutcome | RedirectedElsewhere;

function flattenHeaders(headers: Response['headers']): ResponseHeaders {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function mediaTypeOf(headers: ResponseHeaders): string | null {
  const essence = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  return essence === undefined || essence === '' ? null : essence;
}

function isRetriedLater(status: number): boolean {
  return status >= 500 || RETRY_LATER_STATUS.has(status);
}

function discard(response: Response): void {
  response.body.dump({ limit: MAX_DISCARDED_BYTES }).catch(() => response.body.destroy());
}

function postOf(form: Readonly<Record<string, string>>) {
  return { method: 'POST' as const, body: new URLSearchParams(form).toString() };
}

function requestHeaders(request: FetchRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: request.accept,
    'accept-encoding': 'gzip, deflate, br, zstd',
    ...(request.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    ...(request.etag ? { 'if-none-match': request.etag } : {}),
    ...(request.lastModified ? { 'if-modified-since': request.lastModified } : {}),
  };
}

/** A body that need not be read to know that it is not wanted. */
function refuseBody(
  request: FetchRequest,
  { url }: Hop,
  headers: ResponseHeaders,
): FetchRefused | null {
  const mediaType = mediaTypeOf(headers);
  if (request.wantsType !== undefined && !request.wantsType(mediaType)) {
    return { kind: 'refused', code: 'TYPE_REFUSED', detail: `${mediaType} is not read here`, url };
  }
  // A length that lies is found out later; one that tells the truth saves the reading.
  if (request.cutsOff || Number(headers['content-length'] ?? 0) <= request.maxBodyBytes)
    return null;
  const detail = `the body is larger than ${request.maxBodyBytes} bytes`;
  return { kind: 'refused', code: 'BODY_TOO_LARGE', detail, url };
}

/** Everything that the head of an answer decides; null where the body has to be read. */
function decideByHead(request: FetchRequest, hop: Hop, response: Response): Step | null {
  const redirected = request.form ? null : followRedirect(request, hop, response);
  if (redirected !== null) return redirected;
  const { statusCode: status } = response;
  const headers = flattenHeaders(response.headers);
  if (status === NOT_MODIFIED && (request.etag || request.lastModified)) {
    return { kind: 'not-modified', url: hop.url, headers, redirects: hop.redirects };
  }
  if (status < 200 || status > 299 || status === PARTIAL) {
    const retry = isRetriedLater(status) ? 'later' : 'never';
    const detail = `the server answered ${status}`;
    return { kind: 'failed', code: 'HTTP_STATUS', retry, detail, url: hop.url, status, headers };
  }
  return refuseBody(request, hop, headers);
}

/** undici hears of an abort only once it is connected; a look-up or a handshake may never end. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  return promise;
}

function describeFault(error: unknown, hop: Hop, isPastDeadline: boolean): FetchOutcome {
  const fault = faultOf(error);
  if (fault.kind === 'refused') return { ...fault, url: hop.url };
  const late = isPastDeadline && {
    code: 'TIMED_OUT' as const,
    detail: 'the exchange took too long',
  };
  return { ...fault, ...late, retry: 'later', url: hop.url, status: null, headers: {} };
}

function wayOutOf(settings: HttpClientSettings): WayOut {
  const { privateAccess, proxyUrl, http2: allowH2 = false } = settings;
  if (proxyUrl !== undefined) return proxiedWayOut(proxyUrl, CONNECT_TIMEOUT_MS);
  const { resolve = resolveWithSystem, dnsCacheMs = DNS_CACHE_MS } = settings;
  const remembering = rememberingResolver(resolve, dnsCacheMs);
  const dialling = { timeoutMs: CONNECT_TIMEOUT_MS, allowH2 };
  return directWayOut(guardedConnector(privateAccess, remembering, dialling), allowH2);
}

/**
 * The only way out of the system. Checks every hop's address, dials checked addresses only, keeps no
 * cookies, and bounds time, headers, redirects, wire bytes and inflated bytes.
 */
export class HttpClient {
  readonly #settings: HttpClientSettings;
  readonly #wayOut: WayOut;

  constructor(settings: HttpClientSettings) {
    this.#settings = settings;
    this.#wayOut = wayOutOf(settings);
  }

  /**
   * Resolves with what came of it; rejects only when `request.signal` aborts, or with what `mayFollow`
   * threw. A redirect that may not be followed ends the exchange.
   */
  fetch(request: FetchRequest): Promise<FetchOutcome>;
  fetch(request: FetchRequest, mayFollow: MayFollow): Promise<FetchOutcome | RedirectedElsewhere>;
  async fetch(request: FetchRequest, mayFollow: MayFollow = FOLLOW_ALL): Promise<Step> {
    const deadline = AbortSignal.timeout(request.deadlineMs);
    const { url, followed = [] } = request;
    let hop: Hop = { url: followed.at(-1)?.to ?? url, redirects: followed };
    for (;;) {
      const step = await this.#attempt(request, hop, deadline);
      if (step.kind !== 'redirected') return step;
      if (!(await mayFollow(step.url))) return this.#refuse(step.url) ?? step;
      hop = step;
    }
  }

  async close(): Promise<void> {
    await this.#wayOut.close();
  }

  #refuse(url: string): FetchRefused | null {
    const judgement = judgeUrl(url, this.#settings.privateAccess);
    return judgement.kind === 'refused' ? { ...judgement, url } : null;
  }

  async #attempt(request: FetchRequest, hop: Hop, deadline: AbortSignal): Promise<Step> {
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
    try {
      return await this.#exchange(request, hop, signal);
    } catch (error) {
      request.signal?.throwIfAborted();
      return describeFault(error, hop, deadline.aborted);
    }
  }

  async #exchange(request: FetchRequest, hop: Hop, signal: AbortSignal): Promise<Step> {
    const refused = this.#refuse(hop.url);
    if (refused !== null) return refused;
    const sent = this.#wayOut.send(new URL(hop.url), {
      ...(request.form ? postOf(request.form) : { method: 'GET' as const, body: null }),
      headers: requestHeaders(request, this.#settings.userAgent),
      signal,
      // The deadline bounds the whole exchange; undici's timers only see idle ones.
      headersTimeout: request.deadlineMs,
      bodyTimeout: request.deadlineMs,
    });
    const response = await orAborted(sent, signal);
    const decided = decideByHead(request, hop, response);
    if (decided !== null) {
      discard(response);
      return decided;
    }
    const headers = flattenHeaders(response.headers);
    const body = await readBody(response.body, headers['content-encoding'], request);
    return {
      kind: 'fetched',
      url: hop.url,
      status: response.statusCode,
      headers,
      contentType: headers['content-type'] ?? null,
      body,
      redirects: hop.redirects,
    };
  }
}
