import { clampFetchedAt, type ArticleVersion } from '@broadsheet/article';
import { PARSER_GENERATION } from '@broadsheet/contracts';
import type { ConsumedRecord } from '@broadsheet/messaging';

/** Set by replays and re-parses: when the record was first appended, ISO 8601 in UTC. */
export const APPENDED_AT_HEADER = 'broadsheet_appended_at';

const UTC_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/**
 * When the record was appended. A header can only name an earlier time than the broker's: otherwise a
 * producer could put its version before everyone's for ever. Null where the header is malformed.
 */
export function readAppendedAt(record: ConsumedRecord): string | null {
  const header = record.headers.get(APPENDED_AT_HEADER)?.at(-1)?.toString('utf8');
  if (header === undefined) return new Date(record.timestampMs).toISOString();
  const firstMs = UTC_INSTANT.test(header) ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(firstMs)) return null;
  return new Date(Math.min(firstMs, record.timestampMs)).toISOString();
}

/** `fetchedAt` as the sender claims it; see clampFetchedAt. */
export function versionOf(fetchedAt: string | null, appendedAt: string): ArticleVersion {
  return {
    fetchedAt: clampFetchedAt(fetchedAt, appendedAt),
    appendedAt,
    parserGeneration: PARSER_GENERATION,
  };
}
