import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  BatchResult,
  ConsumedRecord,
  LogProducer,
  OutgoingRecord,
  RecordBatch,
  RecordFailure,
} from '@broadsheet/messaging';
import { outgoingRecords } from './outgoing-records.ts';
import { RawArticleNotUnderstood } from './parse-article.errors.ts';
import type { ParseOutcome } from './parse-outcome.ts';
import { parseRecord } from './parse-record.ts';

/** Longest stretch of parsing between two turns of the event loop, which heartbeats and health need. */
const MAX_STRETCH_MS = 15;

/** Told of each outcome, for logs and metrics. */
export type OutcomeObserver = (outcome: ParseOutcome, record: ConsumedRecord) => void;

export class ParseArticleHandler {
  constructor(
    private readonly producer: LogProducer,
    private readonly clock: () => Date,
    private readonly observe: OutcomeObserver,
  ) {}

  /** Resolves when every outcome but the failures is durable; throws what the producer throws. */
  async handle(batch: RecordBatch): Promise<BatchResult> {
    const failures: RecordFailure[] = [];
    const outgoing: OutgoingRecord[] = [];
    let stretchBegan = performance.now();
    for (const record of batch.records) {
      batch.signal.throwIfAborted();
      const outcome = this.parse(record);
      if (outcome.kind === 'failed') failures.push(failureOf(record, outcome));
      else outgoing.push(...outgoingRecords(outcome));
      if (performance.now() - stretchBegan < MAX_STRETCH_MS) continue;
      await nextTurn();
      stretchBegan = performance.now();
    }
    if (outgoing.length > 0) await this.producer.send(outgoing);
    return { failures };
  }

  private parse(record: ConsumedRecord): ParseOutcome {
    const outcome = parseOrFail(record, this.clock());
    this.observe(outcome, record);
    return outcome;
  }
}

/** Parsing has no effects: what throws once throws again, so one attempt is enough. */
function parseOrFail(record: ConsumedRecord, now: Date): ParseOutcome {
  try {
    return parseRecord(record, now);
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', code: 'HANDLER_FAILED', detail };
  }
}

function failureOf(
  record: ConsumedRecord,
  { code, detail }: Extract<ParseOutcome, { kind: 'failed' }>,
): RecordFailure {
  return { record, code, error: new RawArticleNotUnderstood(code, detail) };
}
