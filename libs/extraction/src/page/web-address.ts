const LONGEST_ADDRESS = 2_000;

/** The address made absolute, or null where it is not http or https, too long or malformed. */
export function absoluteUrl(address: string, base: string | null): string | null {
  const text = address.trim();
  if (
    text === '' ||
    text.length > LONGEST_ADDRESS ||
    /^(?:#|javascript:|data:|mailto:)/i.test(text)
  )
    return null;
  const url = base === null ? URL.parse(text) : URL.parse(text, base);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return url.href.length <= LONGEST_ADDRESS ? url.href : null;
}
