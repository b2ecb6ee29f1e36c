import { Agent, request as send, type Dispatcher } from 'undici';
import { readBody } from './body-reader.ts';
import { faultOf } from './failure-code.ts';
import type { FetchOutcome, FollowedRedirect, ResponseHeaders } from './fetch-outcome.ts';
import { guardedConnector, resolveWithSystem, type ResolveHost } from './guarded-connect.ts';
import type { PrivateAccess } from './private-access.ts';
import { judgeUrl } from './url-policy.ts';

export interface HttpClientSettings {
  /** Names the program and a contact, so that a publisher can complain to a person. */
  readonly userAgent: string;
  readonly privateAccess: PrivateAccess;
  /** For tests of answers that change; the system's resolver otherwise. */
  readonly resolve?: ResolveHost;
}

export interface FetchRequest {
  readonly url: string;
  /** Value of the Accept header. */
  readonly accept: string;
  /** Largest body, on the wire and inflated. */
  readonly maxBodyBytes: number;
  /** Limit over everything: look-ups, redirects, the last byte of the body. */
  readonly deadlineMs: number;
  /** Judges the media type before the body is read; null where the server names none. */
  readonly wantsType?: (mediaType: string | null) => boolean;
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  /** Aborting it makes `fetch` throw the signal's reason. */
  readonly signal?: AbortSignal;
}

const MAX_REDIRECTS = 10;
const MAX_HEADER_BYTES = 32 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
/** A body that nobody wants is read up to here to keep the connection, else the socket is closed. */
const MAX_DISCARDED_BYTES = 64 * 1024;
const CONNECTIONS_PER_ORIGIN = 2;

const REDIRECT_STATUS = new Set([301, 302, 303, 307, 308]);
const RETRY_LATER_STATUS = new Set([408, 421, 423, 425, 429]);
const NOT_MODIFIED = 304;

type Response = Dispatcher.ResponseData;

interface Hop {
  readonly url: string;
  readonly redirects: readonly FollowedRedirect[];
}

type Step = FetchOutcome | ({ readonly kind: 'redirected' } & Hop);

function flattenHeaders(headers: Response['headers']): ResponseHeaders {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** Servers send UTF-8 in Location although headers are read as Latin-1. */
function locationOf(headers: Response['headers']): string | null {
  const location = headers['location'];
  const first = Array.isArray(location) ? location[0] : location;
  if (first === undefined) return null;
  const asUtf8 = Buffer.from(first, 'latin1').toString('utf8');
  return asUtf8.includes('\uFFFD') ? first : asUtf8;
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

function requestHeaders(request: FetchRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: request.accept,
    'accept-encoding': 'gzip, deflate, br, zstd',
    ...(request.etag ? { 'if-none-match': request.etag } : {}),
    ...(request.lastModified ? { 'if-modified-since': request.lastModified } : {}),
  };
}

function followRedirect(hop: Hop, response: Response): Step | null {
  if (!REDIRECT_STATUS.has(response.statusCode)) return null;
  const location = locationOf(response.headers);
  if (location === null) return null;
  if (hop.redirects.length >= MAX_REDIRECTS) {
    const detail = `more than ${MAX_REDIRECTS} redirects`;
    return { kind: 'refused', code: 'TOO_MANY_REDIRECTS', detail, url: hop.url };
  }
  if (!URL.canParse(location, hop.url)) {
    return {
      kind: 'refused',
      code: 'URL_INVALID',
      detail: 'redirected to no address',
      url: hop.url,
    };
  }
  const to = new URL(location, hop.url).href;
  return {
    kind: 'redirected',
    url: to,
    redirects: [...hop.redirects, { status: response.statusCode, to }],
  };
}

/** Everything that the head of an answer decides; null where the body has to be read. */
function decideByHead(request: FetchRequest, hop: Hop, response: Response): Step | null {
  const redirected = followRedirect(hop, response);
  if (redirected !== null) return redirected;
  const { statusCode: status } = response;
  const headers = flattenHeaders(response.headers);
  if (status === NOT_MODIFIED && (request.etag || request.lastModified)) {
    return { kind: 'not-modified', url: hop.url, headers, redirects: hop.redirects };
  }
  if (status < 200 || status > 299) {
    const retry = isRetriedLater(status) ? 'later' : 'never';
    const detail = `the server answered ${status}`;
    return { kind: 'failed', code: 'HTTP_STATUS', retry, detail, url: hop.url, status, headers };
  }
  const mediaType = mediaTypeOf(headers);
  if (request.wantsType !== undefined && !request.wantsType(mediaType)) {
    return {
      kind: 'refused',
      code: 'TYPE_REFUSED',
      detail: `${mediaType} is not read here`,
      url: hop.url,
    };
  }
  return null;
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

/**
 * The only way out of the system. Checks every hop's address, dials checked addresses only, keeps no
 * cookies, and bounds time, headers, redirects, wire bytes and inflated bytes.
 */
export class HttpClient {
  readonly #settings: HttpClientSettings;
  readonly #agent: Agent;

  constructor(settings: HttpClientSettings) {
    this.#settings = settings;
    const { privateAccess, resolve = resolveWithSystem } = settings;
    this.#agent = new Agent({
      connect: guardedConnector(privateAccess, resolve, CONNECT_TIMEOUT_MS),
      connections: CONNECTIONS_PER_ORIGIN,
      pipelining: 1,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
  }

  /** Resolves with what came of it; rejects only when `request.signal` aborts. */
  async fetch(request: FetchRequest): Promise<FetchOutcome> {
    const deadline = AbortSignal.timeout(request.deadlineMs);
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
    let hop: Hop = { url: request.url, redirects: [] };
    for (;;) {
      let step: Step;
      try {
        step = await this.#exchange(request, hop, signal);
      } catch (error) {
        request.signal?.throwIfAborted();
        return describeFault(error, hop, deadline.aborted);
      }
      if (step.kind !== 'redirected') return step;
      hop = step;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #exchange(request: FetchRequest, hop: Hop, signal: AbortSignal): Promise<Step> {
    const judgement = judgeUrl(hop.url, this.#settings.privateAccess);
    if (judgement.kind === 'refused') return { ...judgement, url: hop.url };
    const sent = send(judgement.url, {
      dispatcher: this.#agent,
      method: 'GET',
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
