const RELATIVE_REFERENCE = /\s(?:href|src)\s*=/i;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/** The address against which relative ones are read; null where none is known. */
export type BaseAddress = string | null;

/** An address as an absolute one; as it stands where that is not possible. */
export function resolveAddress(address: string, base: BaseAddress): string {
  const trimmed = address.trim();
  if (base === null) return URL.canParse(trimmed) ? new URL(trimmed).href : trimmed;
  return URL.canParse(trimmed, base) ? new URL(trimmed, base).href : trimmed;
}

/** A base address inside another (xml:base, Content-Location). */
export function nestBase(inner: string | undefined, outer: BaseAddress): BaseAddress {
  if (inner === undefined || inner.trim() === '') return outer;
  const nested = resolveAddress(inner, outer);
  return /^https?:/i.test(nested) ? nested : outer;
}

/** Identifiers are left alone unless they are plainly written as relative addresses. */
export function resolveIdentifier(id: string, base: BaseAddress): string {
  return base !== null && !ABSOLUTE.test(id) && id.startsWith('/') ? resolveAddress(id, base) : id;
}

export function mayHoldReferences(html: string): boolean {
  return RELATIVE_REFERENCE.test(html);
}
