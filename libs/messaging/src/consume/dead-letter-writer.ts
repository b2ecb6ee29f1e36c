import type { MessagingLog } from '../client/messaging-log.ts';
import type { UndecodableRange } from '../codecs/record-batch.decoder.ts';
import type { LogProducer, OutgoingRecord, RecordFailure } from '../log.port.ts';
import type { ConsumerObserver } from './consumer-observer.ts';
import {
  type DeadLetterContext,
  deadLetterTopicOf,
  toDeadLetter,
  toUndecodableLetter,
} from './dead-letter.ts';

export interface DeadLetterWriterOptions {
  readonly groupId: string;
  readonly service: { readonly name: string; readonly version: string };
  readonly producer: LogProducer;
  readonly observer: ConsumerObserver;
  readonly log: MessagingLog;
}

/** How often the records at hand have been tried, and since when. */
export interface Trial {
  readonly attempts: number;
  readonly firstFailedAtMs: number;
}

/** max.message.bytes of every dead-letter topic, less what a batch adds to its records. */
const MAX_LETTER_BYTES = 16 * 1024 * 1024 - 1024;
const WRITE_DEADLINE_MS = 10_000;

/** Writes a group's dead letters; resolves when the broker has them, throws otherwise. */
export class DeadLetterWriter {
  constructor(private readonly options: DeadLetterWriterOptions) {}

  async write(topic: string, failures: readonly RecordFailure[], trial: Trial): Promise<void> {
    const target = deadLetterTopicOf(topic, this.options.groupId);
    const letters = failures.map(({ record, code, error }) => ({
      at: { topic: record.topic, partition: record.partition, offset: record.offset, code, error },
      build: (to: string) => toDeadLetter(to, record, this.contextOf({ code, error }, trial)),
    }));
    await this.send(target, letters);
  }

  async writeUndecodable(
    from: { readonly topic: string; readonly partition: number },
    range: UndecodableRange,
    trial: Trial,
  ): Promise<void> {
    const { firstOffset: offset, error } = range;
    const code = 'BATCH_UNDECODABLE';
    const context = this.contextOf({ code, error }, trial);
    await this.send(deadLetterTopicOf(from.topic, this.options.groupId), [
      {
        at: { ...from, offset, code, error },
        build: (to) => toUndecodableLetter(to, from, range, context),
      },
    ]);
  }

  private async send(target: string | null, letters: readonly Letter[]): Promise<void> {
    const { producer, observer, log, groupId } = this.options;
    if (letters.length === 0) return;
    if (target !== null) {
      const records = letters.map(({ build }) => build(target));
      await producer.send(records, { deadlineMs: WRITE_DEADLINE_MS });
    }
    for (const { at } of letters) {
      const message =
        target === null ? 'a dead letter stays where it is' : 'dead-lettered a record';
      log('warn', message, { ...at, groupId, offset: String(at.offset), error: at.error.message });
      observer.onDeadLettered?.({ groupId, ...at });
    }
  }

  private contextOf(
    { code, error }: { readonly code: string; readonly error: Error },
    { attempts, firstFailedAtMs }: Trial,
  ): DeadLetterContext {
    const { groupId, service } = this.options;
    return {
      groupId,
      stage: service.name,
      serviceVersion: service.version,
      code,
      error,
      attempts,
      firstFailedAtMs,
      maxRecordBytes: MAX_LETTER_BYTES,
    };
  }
}

interface Letter {
  readonly at: {
    readonly topic: string;
    readonly partition: number;
    readonly offset: bigint;
    readonly code: string;
    readonly error: Error;
  };
  readonly build: (target: string) => OutgoingRecord;
}
