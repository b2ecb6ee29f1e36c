import { toStorableText } from '@broadsheet/text';

export function storable(value: string | null): string | null {
  return value === null ? null : toStorableText(value);
}

export function storableJson(value: unknown): string | null {
  if (value === null) return null;
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? toStorableText(inner) : inner,
  );
}

/** unnest() would flatten arrays of arrays, so each one travels as an array literal. */
export function storableArray(values: readonly string[]): string {
  const quoted = values.map((value) => `"${toStorableText(value).replace(/["\\]/g, '\\$&')}"`);
  return `{${quoted.join(',')}}`;
}
