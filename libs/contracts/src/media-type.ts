/** A content type (RFC 9110 §8.3) as far as it is read here. */
export interface MediaType {
  /** `type/subtype` in lower case, or empty. */
  readonly essence: string;
  readonly charset: string | null;
}

const ESSENCE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+*-]+$/;
const MAX_PARAMETERS = 20;

/**
 * Total, as in browsers: what is no `type/subtype` says nothing (an empty essence), and the content is
 * looked at instead; broken parameters are skipped.
 */
export function parseMediaType(text: string): MediaType {
  const [head = '', ...parameters] = text.split(';', MAX_PARAMETERS);
  const essence = head.trim().toLowerCase();
  return { essence: ESSENCE.test(essence) ? essence : '', charset: findCharset(parameters) };
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
  if (type === null || type.essence === '') return 'unknown';
  const known = READINGS.get(type.essence);
  if (known !== undefined) return known;
  // An event in a format, or a batch of events, that is not read here would not become a RawArticle.
  if (type.essence.startsWith('application/cloudevents')) return 'unsupported';
  return type.essence.endsWith('+json') ? 'json' : 'unsupported';
}
