import type { TrailEvent } from '@broadsheet/contracts';
import type { ConsumedRecord, OutgoingRecord } from '@broadsheet/messaging';
import { outgoingRecords } from './outgoing-records.ts';
import type { ParseOutcome } from './parse-outcome.ts';
import { parseRecord } from './parse-record.ts';

/** A record that has been parsed: what goes onto topics for it, or why nothing does. */
export type SettledRecord =
  | {
      readonly kind: 'parsed' | 'rejected';
      readonly step: TrailEvent;
      readonly traceparent: string | null;
      readonly outgoing: readonly OutgoingRecord[];
    }
  | Extract<ParseOutcome, { kind: 'failed' }>;

/** Parsing has no effects: what throws once throws again, so one attempt is enough. */
export function settleRecord(record: ConsumedRecord, now: Date): SettledRecord {
  try {
    const outcome = parseRecord(record, now);
    if (outcome.kind === 'failed') return outcome;
    const { kind, step, traceparent } = outcome;
    return { kind, step, traceparent, outgoing: outgoingRecords(outcome) };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', code: 'HANDLER_FAILED', detail };
  }
}
