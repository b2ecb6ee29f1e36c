import { ArticleHints, MAX_BODY_BYTES, MAX_URL_BYTES } from '@broadsheet/contracts';
import { decidePageRetry, readRetryAfter } from '@broadsheet/crawl-policy';
import type {
  FetchedDocument,
  FetchFailed,
  FetchOutcome,
  FetchRefused,
} from '@broadsheet/http-client';
import type { LogProducer } from '@broadsheet/messaging';
import type { DuePage, HostLease, PageRecord } from '@broadsheet/persistence';
import type { Surroundings } from '../work-turns/surroundings.ts';
import type { PageFetcher, PageJournal } from './fetch-page.port.ts';
import { fetchedSteps, rawRecord, rejectedStep, type PageEnd } from './page-records.ts';

const ACCEPT = 'text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1';
const MEDIA_TYPES = new Set(['text/html', 'application/xhtml+xml', 'text/plain']);
const DEADLINE_MS = 30_000;

/** Servers that name no type mostly send pages. */
function wantsType(mediaType: string | null): boolean {
  return mediaType === null || MEDIA_TYPES.has(mediaType);
}

/** Why a document that was fetched is nothing to publish; null where it is fine. */
function faultOf(document: FetchedDocument): string | null {
  if (document.body.byteLength === 0) return 'EMPTY_VALUE';
  return Buffer.byteLength(document.url) > MAX_URL_BYTES ? 'URL_INVALID' : null;
}

/** Use case: one page is due; fetch it, publish its bytes, and only then call it done. */
export class FetchPageHandler {
  constructor(
    private readonly fetcher: PageFetcher,
    private readonly producer: LogProducer,
    private readonly journal: PageJournal,
    private readonly surroundings: Surroundings,
  ) {}

  async handle(lease: HostLease, page: DuePage, signal: AbortSignal): Promise<void> {
    if (page.source === null) {
      const { addressId } = page;
      const now = new Date(this.surroundings.nowMs());
      await this.journal.endPage(
        lease,
        { kind: 'given-up', addressId, code: 'SOURCE_REMOVED' },
        now,
      );
      return;
    }
    const outcome = await this.fetcher.fetch({
      url: page.url,
      accept: ACCEPT,
      maxBodyBytes: MAX_BODY_BYTES,
      deadlineMs: DEADLINE_MS,
      wantsType,
      signal,
    });
    const { nowMs, newTraceparent } = this.surroundings;
    const end: PageEnd = { page, at: new Date(nowMs()), traceparent: newTraceparent() };
    const record = await this.conclude(end, outcome);
    const freeAt = new Date(end.at.getTime() + this.surroundings.hostDelayMs);
    await this.journal.endPage(lease, record, freeAt);
  }

  private async conclude(end: PageEnd, outcome: FetchOutcome): Promise<PageRecord> {
    switch (outcome.kind) {
      case 'fetched': {
        const fault = faultOf(outcome);
        return fault === null
          ? this.publish(end, outcome)
          : this.giveUp(end, fault, 'unusable answer');
      }
      case 'not-modified':
        return this.giveUp(end, 'EXCHANGE_FAILED', 'answered 304 to a request without condition');
      case 'refused':
      case 'failed':
        return this.concludeTrouble(end, outcome);
    }
  }

  private async publish(end: PageEnd, document: FetchedDocument): Promise<PageRecord> {
    // Hints were written by this service; a row that an older version wrote must not stop its page.
    const hints = ArticleHints.safeParse(end.page.hints).data ?? {};
    const [placement] = await this.producer.send([rawRecord(end, document, hints)]);
    if (placement === undefined) throw new Error('the producer reported no placement');
    await this.producer.send(fetchedSteps(end, document, placement));
    return { kind: 'done', addressId: end.page.addressId, at: end.at };
  }

  private async concludeTrouble(
    end: PageEnd,
    trouble: FetchFailed | FetchRefused,
  ): Promise<PageRecord> {
    const nowMs = end.at.getTime();
    const failure = {
      attempts: end.page.attempts + 1,
      retry: trouble.kind === 'failed' ? trouble.retry : ('never' as const),
      retryAfterMs: trouble.kind === 'failed' ? readRetryAfter(trouble.headers, nowMs) : 0,
    };
    const retry = decidePageRetry(failure, { nowMs, jitter: this.surroundings.random() });
    if (retry.kind === 'give-up') return this.giveUp(end, trouble.code, trouble.detail);
    const { addressId } = end.page;
    return { kind: 'again', addressId, code: trouble.code, dueAt: new Date(retry.atMs) };
  }

  private async giveUp(end: PageEnd, code: string, explanation: string): Promise<PageRecord> {
    await this.producer.send([rejectedStep(end, code, explanation)]);
    return { kind: 'given-up', addressId: end.page.addressId, code };
  }
}
