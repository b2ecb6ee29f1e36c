/** Above the limit of any door, so that a key, which is percent-encoded, can be read again. */
const MAX_ADDRESS_LENGTH = 8_000;

/** `http://http://x`: the scheme pasted twice. */
const REPEATED_SCHEME = /^(?:https?:[/\\]*)+(?=https?:[/\\])/i;

/** Reads an address as people and feeds write it; null for what is no http or https address. */
export function readAddress(text: string): URL | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_ADDRESS_LENGTH) return null;
  const absolute = /^[/\\]{2}/.test(trimmed)
    ? `https:${trimmed}`
    : trimmed.replace(REPEATED_SCHEME, '');
  const url = /^https?:/i.test(absolute) ? URL.parse(absolute) : null;
  return url && /[^.]/.test(url.hostname) ? url : null;
}
