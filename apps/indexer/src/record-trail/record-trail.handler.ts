import { readEvent, TOPIC, TrailEvent } from '@broadsheet/contracts';
import type {
  BatchResult,
  ConsumedRecord,
  RecordBatch,
  RecordFailure,
} from '@broadsheet/messaging';
import { EventNotUnderstood } from '../event-not-understood.errors.ts';
import { writing } from '../sink-failure.ts';
import { deadLetterSteps } from './dead-letter-steps.ts';
import type { TrailStore } from './record-trail.port.ts';

interface Step {
  readonly record: ConsumedRecord;
  readonly event: TrailEvent;
}

/** Writes what the other services tell of, and what the dead letters tell by themselves. */
export class RecordTrailHandler {
  constructor(private readonly store: TrailStore) {}

  async handle(batch: RecordBatch): Promise<BatchResult> {
    const steps: Step[] = [];
    const failures = new Map<ConsumedRecord, RecordFailure>();
    for (const record of batch.records) {
      const read = stepsOf(record);
      if (Array.isArray(read)) steps.push(...read);
      else failures.set(record, read);
    }
    const refusals = await writing(() => this.store.insert(steps.map(({ event }) => event)));
    for (const [index, error] of refusals.entries()) {
      const record = steps[index]?.record;
      if (record && error) failures.set(record, { record, code: 'DATA_REFUSED', error });
    }
    return { failures: [...failures.values()] };
  }
}

function stepsOf(record: ConsumedRecord): Step[] | RecordFailure {
  if (record.topic !== TOPIC.trail) {
    return deadLetterSteps(record).map((event) => ({ record, event }));
  }
  const reading = readEvent(TrailEvent, record.value);
  if (reading.kind === 'event') return [{ record, event: reading.event }];
  const error = new EventNotUnderstood(reading.code, reading.detail);
  return { record, code: reading.code, error };
}
