import { createHmac, timingSafeEqual } from 'node:crypto';

const METHODS = new Set(['sha1', 'sha256', 'sha384', 'sha512']);
const SIGNATURE = /^(sha\d{1,3})=([0-9a-f]{40,128})$/i;

/** Whether `X-Hub-Signature` is that of the body under the secret (W3C WebSub §7.1). */
export function isSignedWith(
  secret: string,
  body: Uint8Array,
  signature: string | undefined,
): boolean {
  const [, method = '', hex = ''] = SIGNATURE.exec(signature ?? '') ?? [];
  if (!METHODS.has(method.toLowerCase())) return false;
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest();
  const given = Buffer.from(hex, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
