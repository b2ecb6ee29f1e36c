import type { ConsumedRecord, OutgoingRecord, RecordPlacement } from '../log.port.ts';

/** One partition: its records, and what each group has committed of it. */
export class InMemoryPartition {
  readonly committed = new Map<string, bigint>();
  private readonly records: ConsumedRecord[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(
    readonly topic: string,
    readonly id: number,
  ) {}

  get endOffset(): bigint {
    return BigInt(this.records.length);
  }

  append(record: OutgoingRecord, timestampMs: number): RecordPlacement {
    const place = { topic: this.topic, partition: this.id, offset: this.endOffset };
    const { key, value } = record;
    this.records.push({
      ...place,
      key: key === null ? null : Buffer.from(key),
      value: value === null ? null : Buffer.from(value),
      headers: toHeaderMap(record.headers),
      timestampMs,
    });
    this.wake();
    return place;
  }

  read(from: bigint): readonly ConsumedRecord[] {
    return this.records.slice(Number(from));
  }

  /** Resolves at the next append, or when woken. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.add(resolve);
    });
  }

  wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

function toHeaderMap(headers: OutgoingRecord['headers']): ReadonlyMap<string, readonly Buffer[]> {
  return new Map(
    Object.entries(headers).map(([name, value]) => {
      const values = typeof value === 'string' || Buffer.isBuffer(value) ? [value] : value;
      return [name, values.map((one) => Buffer.from(one))];
    }),
  );
}
