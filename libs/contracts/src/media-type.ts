import type { RejectionCode } from './error-codes.ts';
import { InputRefused } from './input-refused.errors.ts';

/** A content type (RFC 9110 §8.3) as far as it is read here. */
export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  readonly charset: string | null;
}

const ESSENCE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+*-]+$/;
const MAX_PARAMETERS = 20;

/** Null where the text has no `type/subtype`. Broken parameters are skipped, as browsers do. */
function parseMediaType(text: string): MediaType | null {
  const [head = '', ...parameters] = text.split(';', MAX_PARAMETERS);
  const essence = head.trim().toLowerCase();
  if (!ESSENCE.test(essence)) return null;
  return { essence, charset: findCharset(parameters) };
}

/** Throws the given code for what is no media type. */
export function requireMediaType(text: string, code: RejectionCode): MediaType {
  const type = parseMediaType(text);
  if (type !== null) return type;
  throw new InputRefused(code, 'the content type is not of the form type/subtype');
}

function findCharset(parameters: readonly string[]): string | null {
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    if (equals < 0 || parameter.slice(0, equals).trim().toLowerCase() !== 'charset') continue;
    const value = parameter
      .slice(equals + 1)
      .replaceAll(/["']/g, '')
      .trim();
    if (value !== '') return value;
  }
  return null;
}

/** How a media type is to be read: `unknown` says nothing about the content, which is then sniffed. */
export type Reading = 'json' | 'html' | 'xhtml' | 'text' | 'unknown' | 'unsupported';

const READINGS: ReadonlyMap<string, Reading> = new Map([
  ['application/json', 'json'],
  ['text/json', 'json'],
  ['text/html', 'html'],
  ['application/xhtml+xml', 'xhtml'],
  ['application/xml', 'xhtml'],
  ['text/xml', 'xhtml'],
  ['text/plain', 'text'],
  ['text/markdown', 'text'],
  ['application/octet-stream', 'unknown'],
  ['binary/octet-stream', 'unknown'],
]);

export function readingOf(type: MediaType | null): Reading {
  if (type === null) return 'unknown';
  const known = READINGS.get(type.essence);
  if (known !== undefined) return known;
  // An event in a format, or a batch of events, that is not read here would not become a RawArticle.
  if (type.essence.startsWith('application/cloudevents')) return 'unsupported';
  return type.essence.endsWith('+json') ? 'json' : 'unsupported';
}
