import { createHash } from 'node:crypto';
import { urlKey } from './url-key.ts';

/** Namespace of every id that Broadsheet derives (RFC 9562 §5.5). Changing it changes every id. */
export const NAMESPACE = '784274b7-3571-4b72-a06b-b8e32912848c';

const NAMESPACE_BYTES = Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex');

function uuidv5(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE_BYTES).update(name).digest().subarray(0, 16);
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x50;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** Id of an address; equal for all spellings of one address. Null for what is no http or https address. */
export function addressId(url: string): string | null {
  const key = urlKey(url);
  return key === null ? null : uuidv5(`url:${key}`);
}

/** Id of an input without an address, from the decoded text: NFC, LF, trimmed. */
export function contentId(decodedText: string): string {
  const normal = decodedText.replace(/\r\n?/g, '\n').normalize('NFC').trim();
  return uuidv5(`sha256:${createHash('sha256').update(normal).digest('hex')}`);
}

/** Id of a record of which nothing but its place is known. */
export function recordId(topic: string, partition: number, offset: string | bigint): string {
  return uuidv5(`record:${topic}/${partition}/${offset}`);
}

/** Id of a trail step: the same parts give the same step, so that telling it twice is harmless. */
export function trailEventId(...parts: readonly string[]): string {
  return uuidv5(`trail:${JSON.stringify(parts)}`);
}
