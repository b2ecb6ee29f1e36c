import type { FetchOutcome, FetchRequest } from '@broadsheet/http-client';
import type { HostLease, PollRecord } from '@broadsheet/persistence';
import type { SitemapQueue } from './found-sitemaps.ts';
import type { PageQueue } from './queue-pages.ts';

export interface FeedFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}

/** Where polls are recorded and what they found waits to be fetched. */
export interface PollJournal extends PageQueue, SitemapQueue {
  endPoll(lease: HostLease, record: PollRecord, freeAt: Date): Promise<void>;
}
