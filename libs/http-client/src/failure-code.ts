import { errors } from 'undici';
import type { FailureCode, RefusalCode } from './fetch-outcome.ts';
import {
  AddressRefused,
  BodyCorrupt,
  BodyTooLarge,
  EncodingRefused,
  NameNotResolved,
} from './http-client.errors.ts';

export type Fault =
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly detail: string };

const TIMED_OUT = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
const HEADERS_TOO_LARGE = new Set(['UND_ERR_HEADERS_OVERFLOW', 'HPE_HEADER_OVERFLOW']);
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EPIPE',
  'UND_ERR_SOCKET',
]);
/** The proxy refused a tunnel, or broke off before there was one. */
const NOT_TUNNELLED = new Set(['UND_ERR_ABORTED', 'UND_ERR_PRX_CONN', 'UND_ERR_PRX_TLS']);
/** Prefixes of the codes that Node and OpenSSL give for handshakes and certificates. */
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/;

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What came back is not HTTP (the client asserts that a status is one), or contradicts itself about its length. */
function isNotHttp(error: unknown): boolean {
  return (
    error instanceof errors.HTTPParserError ||
    error instanceof errors.ResponseContentLengthMismatchError ||
    codeOf(error) === 'ERR_ASSERTION'
  );
}

function failureCodeOf(error: unknown): FailureCode {
  const code = codeOf(error);
  if (TIMED_OUT.has(code)) return 'TIMED_OUT';
  if (HEADERS_TOO_LARGE.has(code)) return 'HEADERS_TOO_LARGE';
  if (NOT_CONNECTED.has(code)) return 'CONNECT_FAILED';
  if (NOT_TUNNELLED.has(code)) return 'PROXY_FAILED';
  if (isNotHttp(error)) return 'ANSWER_INVALID';
  return TLS_CODE.test(code) ? 'TLS_FAILED' : 'EXCHANGE_FAILED';
}

/** Tells what an error thrown during an exchange means: a rule of ours, or trouble out there. */
export function faultOf(error: unknown): Fault {
  if (
    error instanceof AddressRefused ||
    error instanceof BodyTooLarge ||
    error instanceof EncodingRefused
  ) {
    return { kind: 'refused', code: error.code, detail: error.message };
  }
  if (error instanceof NameNotResolved || error instanceof BodyCorrupt) {
    return { kind: 'failed', code: error.code, detail: error.message };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: failureCodeOf(error), detail: detail.slice(0, 500) };
}
