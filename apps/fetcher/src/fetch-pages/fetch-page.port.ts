import type { FetchOutcome, FetchRequest } from '@broadsheet/http-client';
import type { HostLease, PageRecord } from '@broadsheet/persistence';

export interface PageFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}

/** Where the end of a page's fetch is recorded. */
export interface PageJournal {
  endPage(lease: HostLease, record: PageRecord, freeAt: Date): Promise<void>;
}
