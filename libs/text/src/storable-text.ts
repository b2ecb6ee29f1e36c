/**
 * Text that Postgres and every JSON reader accept: U+0000 removed, lone surrogates replaced by U+FFFD.
 */
export function toStorableText(text: string): string {
  const withoutNul = text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
  return withoutNul.toWellFormed();
}
