import type { TrailEvent } from '@broadsheet/contracts';

/** Where trails are kept. One result per event, in order: null, or why its data is refused. */
export interface TrailStore {
  insert(events: readonly TrailEvent[]): Promise<readonly (Error | null)[]>;
}
