import type { ConsumedRecord } from '@broadsheet/messaging';

/** The last value of a header as text, which is the one that counts; null where there is none. */
export function lastHeader(record: ConsumedRecord, name: string): string | null {
  return record.headers.get(name)?.at(-1)?.toString('utf8') ?? null;
}
