import type { FetchOutcome } from '@broadsheet/http-client';
import type { HostLease, PollRecord } from '@broadsheet/persistence';
import type { HostTurn } from '../work-turns/surroundings.ts';
import type { TurnRequest } from '../work-turns/turn-fetcher.ts';
import type { SitemapQueue } from './found-sitemaps.ts';
import type { PageQueue } from './queue-pages.ts';
import type { DocumentTask, ReadDocument } from './read-document.ts';

export interface FeedFetcher {
  /** Null where the poll waits for the turn of another host. */
  fetch(turn: HostTurn, request: TurnRequest): Promise<FetchOutcome | null>;
}

/** Where polls are recorded and what they found waits to be fetched. */
export interface PollJournal extends PageQueue, SitemapQueue {
  endPoll(lease: HostLease, record: PollRecord, freeAt: Date): Promise<void>;
}

/** Makes of a document's bytes what the fetcher needs to know; rejects only where the machine is to blame. */
export interface DocumentReader {
  read(task: DocumentTask): Promise<ReadDocument>;
}
