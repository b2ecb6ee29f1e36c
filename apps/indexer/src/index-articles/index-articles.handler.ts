import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ArticleIndexed } from '@broadsheet/contracts';
import type {
  BatchResult,
  ConsumedRecord,
  LogProducer,
  RecordBatch,
  RecordFailure,
} from '@broadsheet/messaging';
import type { ArticleArrival } from '@broadsheet/persistence';
import { lastHeader } from '../last-header.ts';
import { writing } from '../sink-failure.ts';
import type { ArticleStore } from './index-articles.port.ts';
import { indexedRecord } from './indexed-record.ts';
import { readParsedArticle } from './read-parsed-article.ts';

/** Longest stretch of reading between two turns of the event loop, which heartbeats and health need. */
const MAX_STRETCH_MS = 15;

interface Incoming {
  readonly record: ConsumedRecord;
  readonly arrival: ArticleArrival;
}

/** Told of each event that is about to be published, for the log. */
export type IndexedObserver = (event: ArticleIndexed, traceparent: string | null) => void;

/**
 * Stores articles and then says what became of them. Also what was stored before is told again: it may be
 * redelivered because the process ended between the two.
 */
export class IndexArticlesHandler {
  constructor(
    private readonly store: ArticleStore,
    private readonly producer: LogProducer,
    private readonly observe: IndexedObserver,
  ) {}

  async handle(batch: RecordBatch): Promise<BatchResult> {
    const { incoming, failures } = await readAll(batch);
    const arrivals = incoming.map(({ arrival }) => arrival);
    const outcomes = await writing(() => this.store.apply(arrivals, batch.signal));
    const indexed = incoming.flatMap(({ record }, index) => {
      const outcome = outcomes[index];
      if (outcome?.outcome === 'applied') {
        const traceparent = lastHeader(record, 'traceparent');
        this.observe(outcome.event, traceparent);
        return [indexedRecord(outcome.event, traceparent)];
      }
      if (outcome) failures.push({ record, code: 'DATA_REFUSED', error: outcome.error });
      return [];
    });
    if (indexed.length > 0) await this.producer.send(indexed);
    return { failures };
  }
}

async function readAll(
  batch: RecordBatch,
): Promise<{ incoming: Incoming[]; failures: RecordFailure[] }> {
  const incoming: Incoming[] = [];
  const failures: RecordFailure[] = [];
  let stretchBegan = performance.now();
  for (const record of batch.records) {
    batch.signal.throwIfAborted();
    const reading = readParsedArticle(record);
    if (reading.kind === 'arrival') incoming.push({ record, arrival: reading.arrival });
    else failures.push(reading.failure);
    if (performance.now() - stretchBegan < MAX_STRETCH_MS) continue;
    await nextTurn();
    stretchBegan = performance.now();
  }
  return { incoming, failures };
}
