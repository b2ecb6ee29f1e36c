import type { LogProducer } from '@broadsheet/messaging';
import type { CarriedOutDeletion } from '@broadsheet/persistence';
import { indexedRecord } from '../index-articles/indexed-record.ts';

/** Orders to delete. What was carried out is given again until it is completed. */
export interface DeletionOrders {
  carryOutNext(signal: AbortSignal): Promise<CarriedOutDeletion | null>;
  complete(articleId: string): Promise<void>;
}

/** Deletes what was ordered and then says so; an order is done when both have happened. */
export class CarryOutDeletionsHandler {
  constructor(
    private readonly orders: DeletionOrders,
    private readonly producer: LogProducer,
    private readonly count: (deletion: Pick<CarriedOutDeletion, 'reason'>) => void,
  ) {}

  /** Works until no order is left; returns how many there were. */
  async handle(signal: AbortSignal): Promise<number> {
    let carriedOut = 0;
    while (!signal.aborted) {
      const deletion = await this.orders.carryOutNext(signal);
      if (deletion === null) break;
      const records = deletion.events.map((event) => indexedRecord(event, null));
      if (records.length > 0) await this.producer.send(records);
      await this.orders.complete(deletion.articleId);
      this.count({ reason: deletion.reason });
      carriedOut += 1;
    }
    return carriedOut;
  }
}
