import type { Message } from 'kafkajs';
import type { RecordPlacement } from '../log.port.ts';

/** One call of send: settles once all of its records are placed, or with the first failure. */
export interface Delivery {
  readonly placements: RecordPlacement[];
  unplaced: number;
  isSettled: boolean;
  readonly resolve: (placements: readonly RecordPlacement[]) => void;
  readonly reject: (error: Error) => void;
}

export interface QueuedRecord {
  readonly topic: string;
  readonly message: Message;
  readonly bytes: number;
  readonly delivery: Delivery;
  /** Position among the records of its delivery. */
  readonly index: number;
  isPlaced: boolean;
}

export interface RequestLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
  /** All records of a topic may fall into one batch, which the topic limits. */
  readonly maxBatchBytesOf: (topic: string) => number;
  /** Records of such topics stay where they are, and hold up no others. */
  readonly isHeld: (topic: string) => boolean;
}

/**
 * Takes from the head of the queue what goes into the next request, at least one record while any is
 * wanted and not held. Keeps the order: the first record that does not fit ends the request. Records
 * whose delivery has failed are dropped.
 */
export function takeRequest(queue: QueuedRecord[], limits: RequestLimits): QueuedRecord[] {
  const request: QueuedRecord[] = [];
  const bytesOf = new Map<string, number>();
  const held: QueuedRecord[] = [];
  let bytes = 0;
  let seen = 0;
  for (const record of queue) {
    if (!isWanted(record)) {
      seen += 1;
      continue;
    }
    if (limits.isHeld(record.topic)) {
      held.push(record);
      seen += 1;
      continue;
    }
    const topicBytes = (bytesOf.get(record.topic) ?? 0) + record.bytes;
    bytes += record.bytes;
    const fits =
      request.length < limits.maxRecords &&
      bytes <= limits.maxBytes &&
      topicBytes <= limits.maxBatchBytesOf(record.topic);
    if (!fits && request.length > 0) break;
    bytesOf.set(record.topic, topicBytes);
    request.push(record);
    seen += 1;
  }
  // What is held goes back before the rest; behind what was taken of the queue there is room for it.
  held.forEach((record, index) => {
    queue[seen - held.length + index] = record;
  });
  queue.splice(0, seen - held.length);
  return request;
}

export function isWanted(record: QueuedRecord): boolean {
  return !record.isPlaced && !record.delivery.isSettled;
}

/** Notes where a record landed; settles its delivery with the last one. */
export function place(record: QueuedRecord, placement: RecordPlacement): void {
  const { delivery } = record;
  record.isPlaced = true;
  delivery.placements[record.index] = placement;
  delivery.unplaced -= 1;
  if (delivery.unplaced > 0 || delivery.isSettled) return;
  delivery.isSettled = true;
  delivery.resolve(delivery.placements);
}

export function fail(delivery: Delivery, error: Error): void {
  if (delivery.isSettled) return;
  delivery.isSettled = true;
  delivery.reject(error);
}
