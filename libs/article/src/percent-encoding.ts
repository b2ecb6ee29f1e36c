const UNRESERVED = /[A-Za-z0-9\-._~]/;
/** Encoded bytes, and what may not stand plainly in a path or query (RFC 3986 §3.3, §3.4). */
const TOKENS = /%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]/gu;

function encodeCharacter(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/**
 * One spelling for each address (RFC 3986 §6.2.2): unreserved characters are decoded, everything else
 * that may not stand plainly is encoded, in upper-case hexadecimal; a stray `%` becomes `%25`.
 */
export function normalizePercentEncoding(text: string): string {
  return text.toWellFormed().replace(TOKENS, (token) => {
    if (token.length === 3 && token.startsWith('%')) {
      const character = String.fromCharCode(Number.parseInt(token.slice(1), 16));
      return UNRESERVED.test(character) ? character : token.toUpperCase();
    }
    return encodeCharacter(token);
  });
}

/** For comparison only: what cannot be decoded stays as it is. */
export function decodeLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
