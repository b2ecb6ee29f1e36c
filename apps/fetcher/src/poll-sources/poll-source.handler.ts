import { createHash } from 'node:crypto';
import { decideNextPoll, haveLied, isBotWall } from '@broadsheet/crawl-policy';
import type { FetchedDocument, FetchOutcome } from '@broadsheet/http-client';
import type { PollRecord } from '@broadsheet/persistence';
import { BOT_WALL } from '../obey-robots/bot-wall.ts';
import type { RobotsRefusal } from '../obey-robots/robots-refusal.ts';
import { freeAfter, type HostTurn, type Surroundings } from '../work-turns/surroundings.ts';
import type { DuePollWithSitemaps } from '../work-turns/work-turn.handler.ts';
import { findSitemaps, queueSitemaps } from './found-sitemaps.ts';
import { hashItems } from './item-hash.ts';
import {
  findNoFeed,
  findNothingSelected,
  findSuccess,
  findTrouble,
  type PollFinding,
  validatorsOf,
} from './poll-finding.ts';
import { askingOf, pollStateOf, rhythmAfter } from './poll-history.ts';
import { readPollMemory, type PollMemory } from './poll-memory.ts';
import type { DocumentReader, FeedFetcher, PollJournal } from './poll-source.port.ts';
import { queuePages } from './queue-pages.ts';
import type { ReadDocument } from './read-document.ts';

const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5';
const MAX_FEED_BYTES = 15 * 1024 * 1024;
const MAX_WALL_BYTES = 64 * 1024;

type Contents = Exclude<ReadDocument, { kind: 'unreadable' }>;

interface ReadContents {
  readonly newItems: number;
  readonly items: { readonly seen: number; readonly known: number };
}

/** What came of asking a source. */
interface PolledSource {
  readonly outcome: FetchOutcome | RobotsRefusal;
  /** Null where it was asked for what has changed, or not at all. */
  readonly askedWholeBecause: string | null;
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

/** Use case: one source is due; ask it, queue what is new, decide when to ask again. */
export class PollSourceHandler {
  constructor(
    private readonly fetcher: FeedFetcher,
    private readonly reader: DocumentReader,
    private readonly journal: PollJournal,
    private readonly surroundings: Surroundings,
  ) {}

  async handle(turn: HostTurn, poll: DuePollWithSitemaps, signal: AbortSignal): Promise<void> {
    const nowMs = this.surroundings.nowMs();
    const { isConditional, reason } = askingOf(poll, nowMs);
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
    if (outcome === null) return;
    await this.conclude(turn, poll, { outcome, askedWholeBecause: isConditional ? null : reason });
  }

  async refuse(turn: HostTurn, poll: DuePollWithSitemaps, refusal: RobotsRefusal): Promise<void> {
    await this.conclude(turn, poll, { outcome: refusal, askedWholeBecause: null });
  }

  private async conclude(
    turn: HostTurn,
    poll: DuePollWithSitemaps,
    { outcome, askedWholeBecause }: PolledSource,
  ): Promise<void> {
    const nowMs = this.surroundings.nowMs();
    const finding = await this.find(poll, outcome, nowMs);
    const record = { ...this.recordOf(poll, finding, nowMs), askedWholeBecause };
    await this.journal.endPoll(turn, record, freeAfter(turn, nowMs, outcome));
  }

  private recordOf(
    poll: DuePollWithSitemaps,
    finding: PollFinding,
    nowMs: number,
  ): Omit<PollRecord, 'askedWholeBecause'> {
    const { outcome, result, nextUrl, memory } = finding;
    const moment = { nowMs, jitter: this.surroundings.random() };
    const next =
      outcome === null
        ? { ...poll, atMs: nowMs, reason: 'looking-for-feed' }
        : decideNextPoll(pollStateOf(poll, nowMs), outcome, moment);
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
    const itemHash = contents.kind === 'index' ? null : hashItems(contents.pages);
    const areItemsSame = itemHash !== null && itemHash === memory.itemHash;
    const { newItems, items } = areItemsSame
      ? { newItems: 0, items: null }
      : await this.queue(poll, memory, { document: contents, url: answer.url, nowMs });
    const hasLied = haveLied(poll, validatorsOf(answer), newItems);
    const { schedule, hub } = contents.kind === 'feed' ? contents : memory;
    const isListing = contents.kind === 'page';
    const liedAtMs = hasLied ? nowMs : memory.liedAtMs;
    const after = { ...memory, schedule, hub, isListing, itemHash, liedAtMs, wholeAtMs: nowMs };
    const read = { bodyHash, newItems, items, areItemsSame, hasLied, nowMs };
    return findSuccess(poll, after, answer, read);
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
    const { admitted, seen } = await queuePages(this.journal, pages, source, now);
    // What is kept out (an advert that is another each time, an archive) is no news.
    return { newItems: admitted, items: { seen, known: seen - admitted } };
  }
}
