import { Parser } from 'htmlparser2';

const REFERENCE = /&(?:#x?[\da-f]{1,8}|[a-z][a-z\d]{1,31});?/gi;
const CLOSED_REFERENCE = /&(?:#x?[\da-f]{1,8}|[a-z][a-z\d]{1,31});/gi;
const MAX_CACHED = 5_000;
const cache = new Map<string, string>();

/** Text with `&eacute;` and `&#8217;` as characters. */
export function decodeReferences(text: string): string {
  return text.includes('&') ? text.replace(REFERENCE, decodeReference) : text;
}

/** The same for an attribute: in an address `&copy=1` is a parameter, so only `&copy;` counts. */
export function decodeAttribute(value: string): string {
  return value.includes('&') ? value.replace(CLOSED_REFERENCE, decodeReference) : value;
}

function decodeReference(reference: string): string {
  let decoded = cache.get(reference);
  if (decoded === undefined) {
    decoded = decodeAlone(reference);
    // A piece of a long string keeps all of it in memory; this copy is on its own.
    if (cache.size < MAX_CACHED) cache.set(` ${reference}`.slice(1), decoded);
  }
  return decoded;
}

function decodeAlone(reference: string): string {
  let decoded = '';
  const parser = new Parser({ ontext: (text) => (decoded += text) });
  parser.end(reference);
  return decoded;
}
