import type { FetchOutcome, FetchRequest } from '@broadsheet/http-client';
import type { HostLease, PollRecord } from '@broadsheet/persistence';
import type { FoundPage } from './found-pages.ts';

export interface FeedFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}

/** Where polls are recorded and found pages wait to be fetched. */
export interface PollJournal {
  /** Resolves with the number of pages that were not known before. */
  addPages(pages: readonly FoundPage[], now: Date): Promise<number>;
  endPoll(lease: HostLease, record: PollRecord, freeAt: Date): Promise<void>;
}
