import { InputRefused } from './input-refused.errors.ts';

/** Header values of a record by name, each name with every value it was given, in order. */
export type RecordHeaders = ReadonlyMap<string, readonly Uint8Array[]>;

/** The last value of a header as text; null where it is missing or empty. Throws HEADER_INVALID. */
export function readHeader(headers: RecordHeaders, name: string): string | null {
  return decodeHeader(name, headers.get(name)?.at(-1));
}

/** The same for `content-type`, which clients also write `Content-Type`. */
export function readContentType(headers: RecordHeaders): string | null {
  let last: Uint8Array | undefined;
  for (const [name, values] of headers) {
    if (name.toLowerCase() === 'content-type') last = values.at(-1) ?? last;
  }
  return decodeHeader('content-type', last);
}

function decodeHeader(name: string, value: Uint8Array | undefined): string | null {
  if (value === undefined) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(value).trim();
    return text === '' ? null : text;
  } catch {
    throw new InputRefused('HEADER_INVALID', `the header ${name} is not UTF-8`);
  }
}
