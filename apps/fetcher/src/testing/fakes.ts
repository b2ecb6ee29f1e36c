import { addressId } from '@broadsheet/article';
import type { FetchOutcome } from '@broadsheet/http-client';
import type { LogProducer, OutgoingRecord } from '@broadsheet/messaging';
import type {
  DuePage,
  FoundSitemap,
  HostLease,
  OnwardRecord,
  PageRecord,
  PollRecord,
} from '@broadsheet/persistence';
import type { FoundPage } from '../poll-sources/found-pages.ts';
import type { DocumentReader } from '../poll-sources/poll-source.port.ts';
import { readDocument } from '../poll-sources/read-document.ts';
import type { DuePollWithSitemaps } from '../work-turns/work-turn.handler.ts';
import type { HostTurn, Surroundings } from '../work-turns/surroundings.ts';
import type { TurnRequest } from '../work-turns/turn-fetcher.ts';

export const NOW_MS = Date.UTC(2026, 0, 15, 12);
export const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
export const SURROUNDINGS: Surroundings = {
  nowMs: () => NOW_MS,
  random: () => 0,
  newTraceparent: () => TRACEPARENT,
  timeoutMs: 30_000,
};
export const LEASE: HostTurn = {
  host: 'news.example',
  leaseUntil: new Date(NOW_MS + 60_000),
  pauseMs: 5_000,
  followed: [],
  mayFollow: () => Promise.resolve(true),
};
/** Reads on the thread of its caller. */
export const READER: DocumentReader = { read: (task) => Promise.resolve(readDocument(task)) };
/** A signal that never aborts. */
export const NEVER: AbortSignal = new AbortController().signal;

const PAGE_URL = 'https://news.example/one';
const PAGE_ADDRESS_ID = addressId(PAGE_URL) ?? '';
const SOURCE_ID = '11111111-1111-4111-8111-111111111111';

export function duePoll(parts: Partial<DuePollWithSitemaps> = {}): DuePollWithSitemaps {
  return {
    sourceId: SOURCE_ID,
    url: 'https://news.example/feed',
    ownerUrl: 'https://news.example/feed',
    sitemaps: [],
    memory: {},
    rhythm: { lastItemAt: null, itemGapMs: null, itemGaps: 0 },
    pushedUntil: null,
    name: 'News',
    selector: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    intervalMs: null,
    consecutiveFailures: 0,
    ...parts,
  };
}

export function duePage(parts: Partial<DuePage> = {}): DuePage {
  return {
    addressId: PAGE_ADDRESS_ID,
    url: PAGE_URL,
    sourceId: SOURCE_ID,
    source: { url: 'https://news.example/feed', name: 'News' },
    hints: { title: 'One', guid: 'g-1' },
    attempts: 0,
    kind: 'page',
    foundAt: new Date(NOW_MS),
    fetchedAt: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    ...parts,
  };
}

export function fetched(
  body: string,
  parts: { readonly url?: string; readonly headers?: Record<string, string> } = {},
): FetchOutcome {
  const { url = 'https://news.example/one', headers = {} } = parts;
  return {
    kind: 'fetched',
    url,
    status: 200,
    headers,
    contentType: headers['content-type'] ?? null,
    body: Buffer.from(body),
    redirects: [],
  };
}

/** Answers every request with the same outcome and remembers what it was asked. */
export class FakeFetcher {
  readonly requests: TurnRequest[] = [];
  constructor(private readonly outcome: FetchOutcome | null) {}

  fetch(_turn: HostTurn, request: TurnRequest): Promise<FetchOutcome | null> {
    this.requests.push(request);
    return Promise.resolve(this.outcome);
  }
}

/** Everything that has an effect writes into one list, so that specs see the order. */
export class Effects {
  readonly log: string[] = [];
  readonly records: OutgoingRecord[] = [];
  readonly pages: (FoundPage & { readonly refusal: string | null })[] = [];
  readonly sitemaps: FoundSitemap[] = [];
  /** Ids of the pages that have been seen before. */
  known = new Set<string>();
  readonly polls: PollRecord[] = [];
  readonly ends: { readonly record: PageRecord; readonly freeAt: Date }[] = [];
  /** The effect that fails, by its name in the log. */
  failing: string | null = null;

  readonly producer: LogProducer = {
    send: (records) => {
      this.effect(`send ${records.map((record) => record.topic).join(' ')}`);
      this.records.push(...records);
      return Promise.resolve(
        records.map(({ topic }) => ({ topic, partition: 3, offset: BigInt(this.records.length) })),
      );
    },
  };

  readonly journal = {
    knownPages: () => Promise.resolve(this.known),
    addPages: (pages: readonly (FoundPage & { readonly refusal: string | null })[]) => {
      this.effect('add pages');
      this.pages.push(...pages);
      return Promise.resolve(pages.length);
    },
    noteNews: (_sourceId: string, newItems: number) => {
      this.effect(`news ${newItems}`);
      return Promise.resolve();
    },
    addSitemaps: (sitemaps: readonly FoundSitemap[]) => {
      this.effect('add sitemaps');
      this.sitemaps.push(...sitemaps);
      return Promise.resolve(sitemaps.length);
    },
    endTurn: (_lease: HostLease, freeAt: Date) => {
      this.effect(`end turn ${(freeAt.getTime() - NOW_MS) / 1_000}`);
      return Promise.resolve();
    },
    endPoll: (_lease: HostLease, record: PollRecord) => {
      this.effect('end poll');
      this.polls.push(record);
      return Promise.resolve();
    },
    endPage: (_lease: HostLease, record: PageRecord, freeAt: Date) => {
      this.effect(`end page ${record.kind}`);
      this.ends.push({ record, freeAt });
      return Promise.resolve();
    },
    sendOn: (_lease: HostLease, onward: OnwardRecord) => {
      this.effect(`send on to ${onward.url}`);
      return Promise.resolve();
    },
  };

  private effect(name: string): void {
    if (this.failing === name) throw new Error(`${name} failed`);
    this.log.push(name);
  }
}
