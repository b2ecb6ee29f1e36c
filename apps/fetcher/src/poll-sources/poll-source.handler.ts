import { createHash } from 'node:crypto';
import { decideNextPoll, isBotWall, observeNews } from '@broadsheet/crawl-policy';
import type { FetchedDocument, FetchOutcome } from '@broadsheet/http-client';
import type { NewsRhythm, PollRecord } from '@broadsheet/persistence';
import { BOT_WALL } from '../obey-robots/bot-wall.ts';
import type { RobotsRefusal } from '../obey-robots/robots-refusal.ts';
import { freeAfter, type HostTurn, type Surroundings } from '../work-turns/surroundings.ts';
import type { DuePollWithSitemaps } from '../work-turns/work-turn.handler.ts';
import { findSitemaps, queueSitemaps } from './found-sitemaps.ts';
import {
  findNoFeed,
  findNothingSelected,
  findSuccess,
  findTrouble,
  type PollFinding,
} from './poll-finding.ts';
import { readPollMemory, trustsValidators, type PollMemory } from './poll-memory.ts';
import type { DocumentReader, FeedFetcher, PollJournal } from './poll-source.port.ts';
import { queuePages } from './queue-pages.ts';
import type { ReadDocument } from './read-document.ts';

const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5';
const MAX_FEED_BYTES = 15 * 1024 * 1024;
const MIN_GAPS = 3;
const MAX_WALL_BYTES = 64 * 1024;

type Contents = Exclude<ReadDocument, { kind: 'unreadable' }>;

interface ReadContents {
  readonly newItems: number;
  readonly items: { readonly seen: number; readonly known: number };
}

function rhythmAfter(poll: DuePollWithSitemaps, newItems: number, nowMs: number): NewsRhythm {
  const { lastItemAt, itemGapMs, itemGaps } = poll.rhythm;
  if (newItems === 0) return poll.rhythm;
  const before = {
    lastItemAtMs: lastItemAt?.getTime() ?? null,
    gapMs: itemGapMs,
    gapsSeen: itemGaps,
  };
  const after = observeNews(before, nowMs);
  return { lastItemAt: new Date(nowMs), itemGapMs: after.gapMs, itemGaps: after.gapsSeen };
}

/** Walls are short; null for what is longer. */
function shortText(body: Uint8Array): string | null {
  return body.byteLength > MAX_WALL_BYTES ? null : Buffer.from(body).toString('latin1');
}

/** What names pages: a page for people only where it is read for its links, and gives some. */
function contentsOf(document: ReadDocument, memory: PollMemory): Contents | null {
  if (document.kind === 'unreadable') return null;
  if (document.kind !== 'page') return document;
  const isListing = memory.isListing || memory.selector !== null;
  return isListing && document.pages.length > 0 ? document : null;
}

function findWithoutContents(
  poll: DuePollWithSitemaps,
  memory: PollMemory,
  read: {
    readonly document: ReadDocument;
    readonly answer: FetchedDocument;
    readonly nowMs: number;
  },
): PollFinding {
  const { document, answer, nowMs } = read;
  const isPage = document.kind === 'page';
  if (isPage && isBotWall(answer.headers, shortText(answer.body))) {
    return findTrouble(poll, memory, BOT_WALL, nowMs);
  }
  if (isPage && memory.selector !== null) {
    return findNothingSelected(poll, memory, document.selectorFault);
  }
  const feedUrls = isPage ? document.feedUrls : null;
  const detail = document.kind === 'unreadable' ? document.detail : 'the address holds a page';
  return findNoFeed(poll, memory, { feedUrls, code: 'NOT_A_FEED', detail });
}

/** Null while too few gaps were seen to call one usual. */
function usualGap({ rhythm }: DuePollWithSitemaps): number | null {
  return rhythm.itemGaps < MIN_GAPS ? null : rhythm.itemGapMs;
}

function isPushed({ pushedUntil }: DuePollWithSitemaps, nowMs: number): boolean {
  return pushedUntil !== null && pushedUntil.getTime() > nowMs;
}

/** Use case: one source is due; ask it, queue what is new, decide when to ask again. */
export class PollSourceHandler {
  constructor(
    private readonly fetcher: FeedFetcher,
    private readonly reader: DocumentReader,
    private readonly journal: PollJournal,
    private readonly surroundings: Surroundings,
  ) {}

  async handle(turn: HostTurn, poll: DuePollWithSitemaps, signal: AbortSignal): Promise<void> {
    const isConditional = trustsValidators(readPollMemory(poll), this.surroundings.nowMs());
    const outcome = await this.fetcher.fetch(turn, {
      work: 'poll',
      id: poll.sourceId,
      url: poll.url,
      accept: ACCEPT,
      maxBodyBytes: MAX_FEED_BYTES,
      etag: isConditional ? poll.etag : null,
      lastModified: isConditional ? poll.lastModified : null,
      signal,
    });
    if (outcome !== null) await this.conclude(turn, poll, outcome);
  }

  async refuse(turn: HostTurn, poll: DuePollWithSitemaps, refusal: RobotsRefusal): Promise<void> {
    await this.conclude(turn, poll, refusal);
  }

  private async conclude(
    turn: HostTurn,
    poll: DuePollWithSitemaps,
    outcome: FetchOutcome | RobotsRefusal,
  ): Promise<void> {
    const nowMs = this.surroundings.nowMs();
    const finding = await this.find(poll, outcome, nowMs);
    const record = this.recordOf(poll, finding, nowMs);
    await this.journal.endPoll(turn, record, freeAfter(turn, nowMs));
  }

  private recordOf(poll: DuePollWithSitemaps, finding: PollFinding, nowMs: number): PollRecord {
    const { outcome, result, nextUrl, memory } = finding;
    const moment = { nowMs, jitter: this.surroundings.random() };
    const next =
      outcome === null
        ? { ...poll, atMs: nowMs, reason: 'looking-for-feed' }
        : decideNextPoll(
            { ...poll, usualGapMs: usualGap(poll), isPushed: isPushed(poll, nowMs) },
            outcome,
            moment,
          );
    return {
      sourceId: poll.sourceId,
      polledAt: new Date(nowMs),
      nextPollAt: new Date(next.atMs),
      nextPollReason: next.reason,
      intervalMs: next.intervalMs,
      consecutiveFailures: next.consecutiveFailures,
      nextUrl,
      memory,
      result:
        result.kind === 'failed'
          ? result
          : { ...result, rhythm: rhythmAfter(poll, result.newItems, nowMs) },
    };
  }

  private async find(
    poll: DuePollWithSitemaps,
    outcome: FetchOutcome | RobotsRefusal,
    nowMs: number,
  ): Promise<PollFinding> {
    const memory = readPollMemory(poll);
    switch (outcome.kind) {
      case 'fetched':
        return this.findInDocument(poll, memory, outcome, nowMs);
      case 'not-modified': {
        const { bodyHash } = poll;
        return findSuccess(poll, memory, outcome, { bodyHash, newItems: 0, items: null, nowMs });
      }
      case 'failed': {
        const isWall = isBotWall(outcome.headers, null);
        return findTrouble(poll, memory, isWall ? BOT_WALL : outcome, nowMs);
      }
      case 'refused':
      case 'robots':
        return findTrouble(poll, memory, outcome, nowMs);
    }
  }

  private async findInDocument(
    poll: DuePollWithSitemaps,
    memory: PollMemory,
    answer: FetchedDocument,
    nowMs: number,
  ): Promise<PollFinding> {
    const { body, headers } = answer;
    const bodyHash = createHash('sha256').update(body).digest('hex');
    // Servers that ignore validators send the same bytes again: they need no second reading.
    if (bodyHash === poll.bodyHash && memory.wholeAtMs !== null) {
      const seen = { ...memory, wholeAtMs: nowMs };
      return findSuccess(poll, seen, answer, { bodyHash, newItems: 0, items: null, nowMs });
    }
    const document = await this.reader.read({
      sourceId: poll.sourceId,
      body,
      url: answer.url,
      contentType: answer.contentType,
      contentLocation: headers['content-location'],
      contentLanguage: headers['content-language'],
      link: headers['link'],
      selector: memory.selector,
    });
    const contents = contentsOf(document, memory);
    if (contents === null) return findWithoutContents(poll, memory, { document, answer, nowMs });
    const { newItems, items } = await this.queue(poll, memory, {
      document: contents,
      url: answer.url,
      nowMs,
    });
    const { schedule, hub } = contents.kind === 'feed' ? contents : memory;
    const isListing = contents.kind === 'page';
    const after = { ...memory, schedule, hub, isListing, wholeAtMs: nowMs };
    return findSuccess(poll, after, answer, { bodyHash, newItems, items, nowMs });
  }

  private async queue(
    poll: DuePollWithSitemaps,
    memory: PollMemory,
    read: { readonly document: Contents; readonly url: string; readonly nowMs: number },
  ): Promise<ReadContents> {
    const { document, url, nowMs } = read;
    const now = new Date(nowMs);
    const { sourceId } = poll;
    if (document.kind === 'index') {
      const sitemaps = findSitemaps(document.sitemaps, { sourceId, depth: 1 }, nowMs);
      const due = await queueSitemaps(this.journal, sitemaps, now);
      return { newItems: 0, items: { seen: sitemaps.length, known: sitemaps.length - due } };
    }
    const { kind, pages } = document;
    const source = {
      kind: kind === 'page' ? ('feed' as const) : kind,
      isFirstReading: memory.wholeAtMs === null,
      addresses: [url, poll.ownerUrl, kind === 'feed' ? document.siteUrl : null],
    };
    const { admitted, seen, known } = await queuePages(this.journal, pages, source, now);
    return { newItems: admitted, items: { seen, known } };
  }
}
