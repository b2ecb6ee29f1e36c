import { createHash } from 'node:crypto';

/** SHA-256 in hex over what readers see: a difference here is a new revision. */
export function contentHash({
  title,
  text,
}: {
  readonly title: string;
  readonly text: string;
}): string {
  const normalTitle = title.normalize('NFC');
  // The length keeps apart what a title ends with and what a text begins with.
  const hashed = `${normalTitle.length}\n${normalTitle}\n${text.normalize('NFC')}`;
  return createHash('sha256').update(hashed).digest('hex');
}

/** SHA-256 in hex over any other fields, whatever the order of their keys. */
export function fieldsHash(fields: Readonly<Record<string, unknown>>): string {
  const canonical = JSON.stringify(fields, (_key, value: unknown) =>
    isRecord(value) ? sorted(value) : value,
  );
  return createHash('sha256').update(canonical).digest('hex');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
