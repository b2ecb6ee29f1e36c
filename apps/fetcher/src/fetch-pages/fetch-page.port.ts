import type { FetchOutcome } from '@broadsheet/http-client';
import type { HostLease, PageRecord } from '@broadsheet/persistence';
import type { HostTurn } from '../work-turns/surroundings.ts';
import type { TurnRequest } from '../work-turns/turn-fetcher.ts';

export interface PageFetcher {
  /** Null where the page waits for the turn of another host. */
  fetch(turn: HostTurn, request: TurnRequest): Promise<FetchOutcome | null>;
}

/** Where the end of a page's fetch is recorded. */
export interface PageJournal {
  endPage(lease: HostLease, record: PageRecord, freeAt: Date): Promise<void>;
}
