const HEADER = 'traceparent';
const FORM = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const MAX_BYTES = 55;

/**
 * The trace context that came with a record (W3C Trace Context, version 00 in length), to be sent on
 * with what is made from it; null where there is none or it is malformed. The last value counts.
 */
export function readTraceparent(headers: ReadonlyMap<string, readonly Buffer[]>): string | null {
  const value = headers.get(HEADER)?.at(-1);
  if (value === undefined || value.length !== MAX_BYTES) return null;
  const text = value.toString('latin1');
  return FORM.test(text) ? text : null;
}
