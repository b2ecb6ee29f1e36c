import type { RejectionCode } from '@broadsheet/contracts';

/** A record on one of our own topics is not the event that belongs there. */
export class EventNotUnderstood extends Error {
  override readonly name = 'EventNotUnderstood';
  readonly retry = 'never';

  constructor(
    readonly code: RejectionCode,
    detail: string,
  ) {
    super(detail);
  }
}
