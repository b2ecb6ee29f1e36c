import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { FetchedMessage } from '../codecs/record-batch.decoder.ts';
import type { BatchSession, FetchedBatch } from './batch-loop.ts';
import type { FetchedItem } from './chunking.ts';

/** Which member of the group this process is; raised at every join. */
export interface Membership {
  /** What a heartbeat or commit said when the group was found to rebalance; null while settled. */
  lost: Error | null;
}

const LOST_TYPES: ReadonlySet<string> = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'NOT_COORDINATOR_FOR_GROUP',
]);

/** Our decoder puts what it read behind the fields that kafkajs looks at. */
type DecodedMessage = KafkaMessage & Partial<Pick<FetchedMessage, 'content' | 'memory'>>;

export function toFetchedBatch({ batch }: EachBatchPayload): FetchedBatch {
  const { topic, partition } = batch;
  const items = batch.messages.flatMap((message: DecodedMessage): FetchedItem[] => {
    const { content } = message;
    if (content === undefined || content === null) return [];
    return ['lastOffset' in content ? content : { topic, partition, ...content }];
  });
  return { topic, partition, items, endOffset: BigInt(batch.highWatermark) };
}

/**
 * Frees what the records of a fetch were inflated into, at once. Left to the collector, memory outside
 * of the heap fills up unseen and then costs a walk through the whole heap.
 */
export function freeRecords({ batch }: EachBatchPayload): void {
  const memories = new Set(batch.messages.map(({ memory }: DecodedMessage) => memory));
  for (const memory of memories) if (memory) memory.transfer(0);
}

/** The part of a fetch by kafkajs that the batch loop drives. */
export function toBatchSession(
  payload: EachBatchPayload,
  membership: Membership,
  scheduleResume: (resume: () => void, delayMs: number) => void,
): BatchSession {
  const { topic, partition } = payload.batch;
  const watched = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (isLoss(error)) membership.lost = error;
      throw error;
    }
  };
  return {
    isActive: () => payload.isRunning() && !payload.isStale() && membership.lost === null,
    heartbeat: () => watched(() => payload.heartbeat()),
    commit: (nextOffset) => {
      // Of the last record of a fetch, kafkajs makes the last of the batch: that skips control records.
      payload.resolveOffset(String(nextOffset - 1n));
      const partitions = [{ partition, offset: String(nextOffset) }];
      return watched(() => payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] }));
    },
    pause: (delayMs) => scheduleResume(payload.pause(), delayMs),
  };
}

function isLoss(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { type } = error as { type?: unknown };
  return typeof type === 'string' && LOST_TYPES.has(type);
}

/**
 * The error as kafkajs must see it. A bare TypeError or RangeError would stop the consumer for good;
 * its own errors it knows how to handle.
 */
export function toRetriable(error: Error, at: string): Error {
  if (error.name.startsWith('KafkaJS')) return error;
  return Object.assign(new Error(`${at}: ${error.message}`, { cause: error }), { retriable: true });
}
