import { createHash } from 'node:crypto';
import { ArticleHints, MAX_BODY_BYTES, MAX_URL_BYTES } from '@broadsheet/contracts';
import {
  decidePageRetry,
  decideRecheck,
  forbidsArchiving,
  isBotWall,
  readRetryAfter,
} from '@broadsheet/crawl-policy';
import type {
  FetchedDocument,
  FetchFailed,
  FetchOutcome,
  FetchRefused,
} from '@broadsheet/http-client';
import type { LogProducer } from '@broadsheet/messaging';
import type { DuePage, PageRecord } from '@broadsheet/persistence';
import { BOT_WALL, BOT_WALL_PAUSE_MS, type BotWall } from '../obey-robots/bot-wall.ts';
import type { RobotsRefusal } from '../obey-robots/robots-refusal.ts';
import { freeAfter, type HostTurn, type Surroundings } from '../work-turns/surroundings.ts';
import type { PageFetcher, PageJournal } from './fetch-page.port.ts';
import { fetchedSteps, rawRecord, rejectedStep, type PageEnd } from './page-records.ts';

const ACCEPT = 'text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1';
const MEDIA_TYPES = new Set(['text/html', 'application/xhtml+xml', 'text/plain']);
/** What is said to robots stands in the head of a page. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Servers that name no type mostly send pages. */
function wantsType(mediaType: string | null): boolean {
  return mediaType === null || MEDIA_TYPES.has(mediaType);
}

function headOf({ body }: FetchedDocument): string {
  const { buffer, byteOffset, byteLength } = body;
  return Buffer.from(buffer, byteOffset, byteLength).subarray(0, MAX_HEAD_BYTES).toString('latin1');
}

/** Why a document that was fetched is nothing to publish; null where it is fine. */
function faultOf(document: FetchedDocument, head: string): string | null {
  if (document.body.byteLength === 0) return 'EMPTY_VALUE';
  if (forbidsArchiving(document.headers, head)) return 'ARCHIVING_FORBIDDEN';
  return Buffer.byteLength(document.url) > MAX_URL_BYTES ? 'URL_INVALID' : null;
}

type PageTrouble = FetchFailed | FetchRefused | RobotsRefusal | BotWall;

function pauseAskedBy(trouble: PageTrouble, nowMs: number): number {
  if (trouble.kind === 'bot-wall') return BOT_WALL_PAUSE_MS;
  return trouble.kind === 'failed' ? readRetryAfter(trouble.headers, nowMs) : 0;
}

/** The page is done; while its article is young it is looked at again. */
function done(
  { page, at }: PageEnd,
  seen: Pick<DuePage, 'etag' | 'lastModified' | 'bodyHash'>,
): PageRecord {
  const { addressId, url, foundAt, hints } = page;
  const { publishedAt } = ArticleHints.safeParse(hints).data ?? {};
  const publishedAtMs = publishedAt === undefined ? null : Date.parse(publishedAt);
  const age = { foundAtMs: foundAt.getTime(), publishedAtMs };
  const dueAtMs = decideRecheck(age, at.getTime());
  const { etag, lastModified, bodyHash } = seen;
  const dueAt = dueAtMs === null ? null : new Date(dueAtMs);
  return { kind: 'done', addressId, url, at, etag, lastModified, bodyHash, dueAt };
}

/** Use case: one page is due; fetch it, publish its bytes, and only then call it done. */
export class FetchPageHandler {
  constructor(
    private readonly fetcher: PageFetcher,
    private readonly producer: LogProducer,
    private readonly journal: PageJournal,
    private readonly surroundings: Surroundings,
  ) {}

  async handle(turn: HostTurn, page: DuePage, signal: AbortSignal): Promise<void> {
    const outcome = await this.fetcher.fetch(turn, {
      work: 'page',
      id: page.addressId,
      url: page.url,
      accept: ACCEPT,
      maxBodyBytes: MAX_BODY_BYTES,
      etag: page.etag,
      lastModified: page.lastModified,
      wantsType,
      signal,
    });
    if (outcome === null) return;
    await this.end(turn, page, (end) => this.conclude(end, outcome), outcome);
  }

  /** Ends a page that may not be asked for. */
  async refuse(turn: HostTurn, page: DuePage, refusal: RobotsRefusal): Promise<void> {
    await this.end(turn, page, (end) => this.concludeTrouble(end, refusal));
  }

  private async end(
    turn: HostTurn,
    page: DuePage,
    conclude: (end: PageEnd) => Promise<PageRecord>,
    outcome?: FetchOutcome,
  ): Promise<void> {
    const { nowMs, newTraceparent } = this.surroundings;
    const end: PageEnd = { page, at: new Date(nowMs()), traceparent: newTraceparent() };
    const record = await conclude(end);
    await this.journal.endPage(turn, record, freeAfter(turn, end.at.getTime(), outcome));
  }

  private async conclude(end: PageEnd, outcome: FetchOutcome): Promise<PageRecord> {
    switch (outcome.kind) {
      case 'fetched':
        return this.concludeDocument(end, outcome);
      case 'not-modified':
        return done(end, end.page);
      case 'refused':
      case 'failed':
        return this.concludeTrouble(end, outcome);
    }
  }

  private async concludeDocument(end: PageEnd, document: FetchedDocument): Promise<PageRecord> {
    const head = headOf(document);
    const isShort = document.body.byteLength <= MAX_HEAD_BYTES;
    if (isBotWall(document.headers, isShort ? head : null)) {
      return this.concludeTrouble(end, BOT_WALL);
    }
    const fault = faultOf(document, head);
    return fault === null
      ? this.publish(end, document)
      : this.giveUp(end, fault, 'unusable answer');
  }

  private async publish(end: PageEnd, document: FetchedDocument): Promise<PageRecord> {
    const { headers, body } = document;
    const bodyHash = createHash('sha256').update(body).digest('hex');
    const seen = {
      etag: headers['etag'] ?? null,
      lastModified: headers['last-modified'] ?? null,
      bodyHash,
    };
    // The same bytes as last time hold no edit: nobody needs to read them again.
    if (bodyHash === end.page.bodyHash) return done(end, seen);
    // Hints were written by this service; a row that an older version wrote must not stop its page.
    const hints = ArticleHints.safeParse(end.page.hints).data ?? {};
    const [placement] = await this.producer.send([rawRecord(end, document, hints)]);
    if (placement === undefined) throw new Error('the producer reported no placement');
    await this.producer.send(fetchedSteps(end, document, placement));
    return done(end, seen);
  }

  private async concludeTrouble(end: PageEnd, trouble: PageTrouble): Promise<PageRecord> {
    const nowMs = end.at.getTime();
    if (trouble.kind === 'failed' && isBotWall(trouble.headers, null)) {
      return this.concludeTrouble(end, BOT_WALL);
    }
    const failure = {
      attempts: end.page.attempts + 1,
      retry: trouble.kind === 'refused' ? ('never' as const) : trouble.retry,
      retryAfterMs: pauseAskedBy(trouble, nowMs),
    };
    const retry = decidePageRetry(failure, { nowMs, jitter: this.surroundings.random() });
    if (retry.kind === 'give-up') return this.giveUp(end, trouble.code, trouble.detail);
    const { addressId, url } = end.page;
    return { kind: 'again', addressId, url, code: trouble.code, dueAt: new Date(retry.atMs) };
  }

  private async giveUp(end: PageEnd, code: string, explanation: string): Promise<PageRecord> {
    // An article that was published stays one, whatever becomes of its address.
    if (end.page.fetchedAt === null) {
      await this.producer.send([rejectedStep(end, code, explanation)]);
    }
    const { addressId, url } = end.page;
    return { kind: 'given-up', addressId, url, code };
  }
}
