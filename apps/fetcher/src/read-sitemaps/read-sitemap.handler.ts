import { createHash } from 'node:crypto';
import { decidePageRetry, readRetryAfter } from '@broadsheet/crawl-policy';
import type { FetchedDocument, FetchOutcome } from '@broadsheet/http-client';
import type { DuePage, PageRecord } from '@broadsheet/persistence';
import { z } from 'zod';
import type { PageFetcher, PageJournal } from '../fetch-pages/fetch-page.port.ts';
import type { RobotsRefusal } from '../obey-robots/robots-refusal.ts';
import {
  findSitemaps,
  MAX_INDEX_DEPTH,
  queueSitemaps,
  type SitemapQueue,
} from '../poll-sources/found-sitemaps.ts';
import type { DocumentReader } from '../poll-sources/poll-source.port.ts';
import { type NewsCounter, queuePages, type PageQueue } from '../poll-sources/queue-pages.ts';
import type { ReadDocument } from '../poll-sources/read-document.ts';
import { freeAfter, type HostTurn, type Surroundings } from '../work-turns/surroundings.ts';

const ACCEPT = 'application/xml, text/xml, text/plain;q=0.8, */*;q=0.5';
/** Of the file as it is served; what it inflates to has its own limit in the reader. */
const MAX_SITEMAP_BYTES = 50 * 1024 * 1024;

const Hints = z.object({ depth: z.int().min(0).max(MAX_INDEX_DEPTH) });

type ReadSitemap = Extract<ReadDocument, { kind: 'sitemap' | 'index' }>;

/** Use case: a sitemap that an index names is due; read it and queue the pages that are new. */
export class ReadSitemapHandler {
  constructor(
    private readonly fetcher: PageFetcher,
    private readonly reader: DocumentReader,
    private readonly journal: PageJournal & PageQueue & NewsCounter & SitemapQueue,
    private readonly surroundings: Surroundings,
  ) {}

  async handle(turn: HostTurn, sitemap: DuePage, signal: AbortSignal): Promise<void> {
    const outcome = await this.fetcher.fetch(turn, {
      work: 'page',
      id: sitemap.addressId,
      url: sitemap.url,
      accept: ACCEPT,
      maxBodyBytes: MAX_SITEMAP_BYTES,
      etag: sitemap.etag,
      lastModified: sitemap.lastModified,
      signal,
    });
    if (outcome === null) return;
    const record = await this.conclude(sitemap, outcome);
    const freeAt = freeAfter(turn, this.surroundings.nowMs(), outcome);
    await this.journal.endPage(turn, record, freeAt);
  }

  async refuse(turn: HostTurn, sitemap: DuePage, refusal: RobotsRefusal): Promise<void> {
    const record = this.fail(sitemap, refusal, 0);
    await this.journal.endPage(turn, record, freeAfter(turn, this.surroundings.nowMs()));
  }

  private async conclude(sitemap: DuePage, outcome: FetchOutcome): Promise<PageRecord> {
    switch (outcome.kind) {
      case 'fetched':
        return this.read(sitemap, outcome);
      case 'not-modified':
        return this.done(sitemap);
      case 'refused':
        return this.fail(sitemap, { code: outcome.code, retry: 'never' }, 0);
      case 'failed':
        return this.fail(
          sitemap,
          outcome,
          readRetryAfter(outcome.headers, this.surroundings.nowMs()),
        );
    }
  }

  private async read(sitemap: DuePage, document: FetchedDocument): Promise<PageRecord> {
    const { url, contentType, body, headers } = document;
    const bodyHash = createHash('sha256').update(body).digest('hex');
    const validators = {
      etag: headers['etag'] ?? null,
      lastModified: headers['last-modified'] ?? null,
      bodyHash,
    };
    if (bodyHash === sitemap.bodyHash) return this.done({ ...sitemap, ...validators });
    const { sourceId } = sitemap;
    const reading = await this.reader.read({ sourceId, body, url, contentType });
    if (reading.kind !== 'sitemap' && reading.kind !== 'index') {
      return this.fail(sitemap, { code: 'NOT_A_SITEMAP', retry: 'never' }, 0);
    }
    await this.queue(sitemap, url, reading);
    return this.done({ ...sitemap, ...validators });
  }

  private async queue(sitemap: DuePage, url: string, reading: ReadSitemap): Promise<void> {
    const { sourceId } = sitemap;
    const now = new Date(this.surroundings.nowMs());
    if (reading.kind === 'sitemap') {
      const addresses = [url, sitemap.source?.url ?? null];
      const source = { kind: 'sitemap' as const, isFirstReading: false, addresses };
      const { admitted } = await queuePages(this.journal, reading.pages, source, now);
      if (admitted > 0) await this.journal.noteNews(sourceId, admitted, now);
      return;
    }
    const depth = (Hints.safeParse(sitemap.hints).data?.depth ?? MAX_INDEX_DEPTH) + 1;
    if (depth > MAX_INDEX_DEPTH) return;
    const deeper = findSitemaps(reading.sitemaps, { sourceId, depth }, now.getTime());
    await queueSitemaps(this.journal, deeper, now);
  }

  private done({ addressId, url, etag, lastModified, bodyHash }: DuePage): PageRecord {
    const at = new Date(this.surroundings.nowMs());
    return { kind: 'done', addressId, url, at, etag, lastModified, bodyHash, dueAt: null };
  }

  private fail(
    { addressId, url, attempts }: DuePage,
    { code, retry }: { readonly code: string; readonly retry: 'later' | 'never' },
    retryAfterMs: number,
  ): PageRecord {
    const nowMs = this.surroundings.nowMs();
    const failure = { attempts: attempts + 1, retry, retryAfterMs };
    const decision = decidePageRetry(failure, { nowMs, jitter: this.surroundings.random() });
    return decision.kind === 'give-up'
      ? { kind: 'given-up', addressId, url, code }
      : { kind: 'again', addressId, url, code, dueAt: new Date(decision.atMs) };
  }
}
