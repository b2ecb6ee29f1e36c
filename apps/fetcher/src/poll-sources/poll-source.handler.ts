import { createHash } from 'node:crypto';
import {
  decideNextPoll,
  readFreshness,
  readRetryAfter,
  type PollOutcome,
} from '@broadsheet/crawl-policy';
import { readFeed } from '@broadsheet/feeds';
import type {
  FetchedDocument,
  FetchFailed,
  FetchOutcome,
  FetchRefused,
  ResponseHeaders,
} from '@broadsheet/http-client';
import type { DuePoll, HostLease, PollRecord } from '@broadsheet/persistence';
import type { Surroundings } from '../work-turns/surroundings.ts';
import { findPages } from './found-pages.ts';
import type { FeedFetcher, PollJournal } from './poll-source.port.ts';

const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5';
const MAX_FEED_BYTES = 15 * 1024 * 1024;
const DEADLINE_MS = 30_000;
const TOO_MANY_REQUESTS = 429;

/** What came of a poll, before the decision about the next one. */
interface PollFinding {
  readonly outcome: PollOutcome;
  readonly result: PollRecord['result'];
}

function succeeded(
  poll: DuePoll,
  headers: ResponseHeaders,
  findings: { readonly bodyHash: string | null; readonly newItems: number },
): PollRecord['result'] {
  return {
    kind: 'succeeded',
    etag: headers['etag'] ?? poll.etag,
    lastModified: headers['last-modified'] ?? poll.lastModified,
    ...findings,
  };
}

function failed(code: string, detail: string): PollFinding {
  return {
    outcome: { kind: 'failed', isThrottled: false, retryAfterMs: 0 },
    result: { kind: 'failed', code, detail },
  };
}

function fromTrouble(trouble: FetchFailed | FetchRefused, nowMs: number): PollFinding {
  if (trouble.kind === 'refused') return failed(trouble.code, trouble.detail);
  return {
    outcome: {
      kind: 'failed',
      isThrottled: trouble.status === TOO_MANY_REQUESTS,
      retryAfterMs: readRetryAfter(trouble.headers, nowMs),
    },
    result: { kind: 'failed', code: trouble.code, detail: trouble.detail },
  };
}

/** Use case: one source is due; ask it, queue what is new, decide when to ask again. */
export class PollSourceHandler {
  constructor(
    private readonly fetcher: FeedFetcher,
    private readonly journal: PollJournal,
    private readonly surroundings: Surroundings,
  ) {}

  async handle(lease: HostLease, poll: DuePoll, signal: AbortSignal): Promise<void> {
    const outcome = await this.fetcher.fetch({
      url: poll.url,
      accept: ACCEPT,
      maxBodyBytes: MAX_FEED_BYTES,
      deadlineMs: DEADLINE_MS,
      etag: poll.etag,
      lastModified: poll.lastModified,
      signal,
    });
    const nowMs = this.surroundings.nowMs();
    const finding = await this.read(poll, outcome, nowMs);
    const next = decideNextPoll(poll, finding.outcome, {
      nowMs,
      jitter: this.surroundings.random(),
    });
    const record: PollRecord = {
      sourceId: poll.sourceId,
      polledAt: new Date(nowMs),
      nextPollAt: new Date(next.atMs),
      nextPollReason: next.reason,
      intervalMs: next.intervalMs,
      consecutiveFailures: next.consecutiveFailures,
      result: finding.result,
    };
    await this.journal.endPoll(lease, record, new Date(nowMs + this.surroundings.hostDelayMs));
  }

  private async read(poll: DuePoll, outcome: FetchOutcome, nowMs: number): Promise<PollFinding> {
    switch (outcome.kind) {
      case 'fetched':
        return this.readDocument(poll, outcome, nowMs);
      case 'not-modified':
        return {
          outcome: { kind: 'unchanged', freshForMs: readFreshness(outcome.headers, null, nowMs) },
          result: succeeded(poll, outcome.headers, { bodyHash: poll.bodyHash, newItems: 0 }),
        };
      case 'refused':
      case 'failed':
        return fromTrouble(outcome, nowMs);
    }
  }

  private async readDocument(
    poll: DuePoll,
    document: FetchedDocument,
    nowMs: number,
  ): Promise<PollFinding> {
    const { body, headers } = document;
    const bodyHash = createHash('sha256').update(body).digest('hex');
    // Servers that ignore validators send the same bytes again: they need no second reading.
    if (bodyHash === poll.bodyHash) {
      return {
        outcome: { kind: 'unchanged', freshForMs: readFreshness(headers, null, nowMs) },
        result: succeeded(poll, headers, { bodyHash, newItems: 0 }),
      };
    }
    const reading = readFeed(body, {
      url: document.url,
      contentType: document.contentType,
      contentLocation: headers['content-location'],
      contentLanguage: headers['content-language'],
    });
    if (reading.kind === 'not-a-feed') return failed('NOT_A_FEED', reading.detail);
    const pages = findPages(poll.sourceId, reading.items);
    const newItems = await this.journal.addPages(pages, new Date(nowMs));
    const freshForMs = readFreshness(headers, reading.feed.ttlMinutes, nowMs);
    return {
      outcome: { kind: 'items', seen: pages.length, known: pages.length - newItems, freshForMs },
      result: succeeded(poll, headers, { bodyHash, newItems }),
    };
  }
}
