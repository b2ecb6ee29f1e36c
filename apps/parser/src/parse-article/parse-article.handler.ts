import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  BatchResult,
  ConsumedRecord,
  LogProducer,
  OutgoingRecord,
  RecordBatch,
  RecordFailure,
} from '@broadsheet/messaging';
import { RawArticleNotUnderstood } from './parse-article.errors.ts';
import { settleRecord, type SettledRecord } from './settle-record.ts';

/** Longest stretch of parsing between two turns of the event loop, which heartbeats and health need. */
const MAX_STRETCH_MS = 15;
/** Up to here parsing costs about as much as handing the record to another thread would. */
const MAX_LIGHT_BYTES = 24 * 1_024;

/** Told of each outcome, for logs and metrics. */
type OutcomeObserver = (settled: SettledRecord, record: ConsumedRecord) => void;

/** Parses elsewhere what would hold up this thread. */
export interface HeavyParser {
  settle(record: ConsumedRecord, signal: AbortSignal): Promise<SettledRecord>;
}

export interface ParserSurroundings {
  readonly clock: () => Date;
  readonly observe: OutcomeObserver;
  /** Null where everything is parsed on this thread. */
  readonly heavy: HeavyParser | null;
}

export class ParseArticleHandler {
  constructor(
    private readonly producer: LogProducer,
    private readonly surroundings: ParserSurroundings,
  ) {}

  /** Resolves when every outcome but the failures is durable; throws what the producer throws. */
  async handle(batch: RecordBatch): Promise<BatchResult> {
    const settled = new Map<ConsumedRecord, SettledRecord>();
    const heavy = batch.records.filter((record) => this.isHeavy(record));
    const light = batch.records.filter((record) => !this.isHeavy(record));
    await Promise.all([
      ...heavy.map((record) => this.settleElsewhere(record, batch.signal, settled)),
      this.settleHere(light, batch.signal, settled),
    ]);
    return this.publish(batch.records, settled);
  }

  private isHeavy({ value }: ConsumedRecord): boolean {
    return this.surroundings.heavy !== null && (value?.byteLength ?? 0) > MAX_LIGHT_BYTES;
  }

  private async settleElsewhere(
    record: ConsumedRecord,
    signal: AbortSignal,
    settled: Map<ConsumedRecord, SettledRecord>,
  ): Promise<void> {
    const outcome = await this.surroundings.heavy?.settle(record, signal);
    if (outcome !== undefined) settled.set(record, outcome);
  }

  private async settleHere(
    records: readonly ConsumedRecord[],
    signal: AbortSignal,
    settled: Map<ConsumedRecord, SettledRecord>,
  ): Promise<void> {
    let stretchBegan = performance.now();
    for (const record of records) {
      signal.throwIfAborted();
      settled.set(record, settleRecord(record, this.surroundings.clock()));
      if (performance.now() - stretchBegan < MAX_STRETCH_MS) continue;
      await nextTurn();
      stretchBegan = performance.now();
    }
  }

  /** In the order of the records, whichever was ready first. */
  private async publish(
    records: readonly ConsumedRecord[],
    settled: ReadonlyMap<ConsumedRecord, SettledRecord>,
  ): Promise<BatchResult> {
    const failures: RecordFailure[] = [];
    const outgoing: OutgoingRecord[] = [];
    for (const record of records) {
      const outcome = settled.get(record);
      if (outcome === undefined) throw new Error(`record ${record.offset} was not parsed`);
      this.surroundings.observe(outcome, record);
      if (outcome.kind === 'failed') failures.push(failureOf(record, outcome));
      else outgoing.push(...outcome.outgoing);
    }
    if (outgoing.length > 0) await this.producer.send(outgoing);
    return { failures };
  }
}

function failureOf(
  record: ConsumedRecord,
  { code, detail }: Extract<SettledRecord, { kind: 'failed' }>,
): RecordFailure {
  return { record, code, error: new RawArticleNotUnderstood(code, detail) };
}
