import type { UndecodableRange } from '../codecs/record-batch.decoder.ts';
import type { ConsumedRecord } from '../log.port.ts';

/** What a fetch brought for one partition, in order of offsets. */
export type FetchedItem = ConsumedRecord | UndecodableRange;

export interface ChunkLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

/** What is handled in one go: records, or one range that cannot be read. */
export type Chunk =
  | { readonly kind: 'records'; readonly records: readonly [ConsumedRecord, ...ConsumedRecord[]] }
  | { readonly kind: 'undecodable'; readonly range: UndecodableRange };

/** The next chunk from `start`, at least one item; null at the end. */
export function cutChunk(
  items: readonly FetchedItem[],
  start: number,
  limits: ChunkLimits,
): Chunk | null {
  const first = items[start];
  if (first === undefined) return null;
  if (isUndecodable(first)) return { kind: 'undecodable', range: first };
  const records: [ConsumedRecord, ...ConsumedRecord[]] = [first];
  let bytes = sizeOf(first);
  for (let index = start + 1; index < items.length; index += 1) {
    const item = items[index];
    if (item === undefined || isUndecodable(item) || records.length >= limits.maxRecords) break;
    bytes += sizeOf(item);
    if (bytes > limits.maxBytes) break;
    records.push(item);
  }
  return { kind: 'records', records };
}

function isUndecodable(item: FetchedItem): item is UndecodableRange {
  return 'lastOffset' in item;
}

function sizeOf(record: ConsumedRecord): number {
  return (record.value?.length ?? 0) + (record.key?.length ?? 0);
}
