/** Why an exchange was not allowed, or cut off at one of our limits. Trying again cannot help. */
export type RefusalCode =
  | 'URL_INVALID'
  | 'SCHEME_REFUSED'
  | 'USER_INFO_REFUSED'
  | 'PORT_REFUSED'
  | 'NAME_REFUSED'
  | 'ADDRESS_REFUSED'
  | 'TOO_MANY_REDIRECTS'
  | 'REDIRECT_LOOP'
  | 'TYPE_REFUSED'
  | 'BODY_TOO_LARGE'
  | 'ENCODING_REFUSED';

/** Why an allowed exchange gave no document. */
export type FailureCode =
  | 'HTTP_STATUS'
  | 'DNS_FAILED'
  | 'CONNECT_FAILED'
  | 'PROXY_FAILED'
  | 'TLS_FAILED'
  | 'TIMED_OUT'
  | 'HEADERS_TOO_LARGE'
  | 'ANSWER_INVALID'
  | 'BODY_CORRUPT'
  | 'EXCHANGE_FAILED';

/** Header names are lower-case; repeated headers are joined with a comma and a blank. */
export type ResponseHeaders = Readonly<Record<string, string>>;

export interface FollowedRedirect {
  readonly status: number;
  readonly to: string;
}

export interface FetchedDocument {
  readonly kind: 'fetched';
  /** Address of the last hop. */
  readonly url: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Content-Type as served. */
  readonly contentType: string | null;
  /** Body after transport decoding. */
  readonly body: Uint8Array;
  readonly redirects: readonly FollowedRedirect[];
}

export interface NotModified {
  readonly kind: 'not-modified';
  readonly url: string;
  readonly headers: ResponseHeaders;
  readonly redirects: readonly FollowedRedirect[];
}

export interface FetchRefused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly detail: string;
  /** Address of the hop that was refused. */
  readonly url: string;
}

export interface FetchFailed {
  readonly kind: 'failed';
  readonly code: FailureCode;
  readonly retry: 'later' | 'never';
  readonly detail: string;
  readonly url: string;
  /** HTTP status, where the server gave one. */
  readonly status: number | null;
  /** Headers of the failing answer (Retry-After), empty where there was none. */
  readonly headers: ResponseHeaders;
}

/** A redirect that was not to be followed; `url` is where it leads, the last of `redirects`. */
export interface RedirectedElsewhere {
  readonly kind: 'redirected';
  readonly url: string;
  readonly redirects: readonly FollowedRedirect[];
}

/** What came of one exchange, redirects included. Every expected outcome is a value. */
export type FetchOutcome = FetchedDocument | NotModified | FetchRefused | FetchFailed;
