import { registrableDomain } from '@broadsheet/article';
import { decideAdmission, type SourceView } from '@broadsheet/crawl-policy';
import type { FoundPage } from './found-pages.ts';

/** Where found pages wait to be fetched. */
export interface PageQueue {
  /** Those that have been seen before. */
  knownPages(addressIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Adds pages; one with a refusal is only remembered. Resolves with how many were not known. */
  addPages(
    pages: readonly (FoundPage & { readonly refusal: string | null })[],
    now: Date,
  ): Promise<number>;
}

/** Where news that no poll brought are counted for their source. */
export interface NewsCounter {
  noteNews(sourceId: string, newItems: number, at: Date): Promise<void>;
}

export interface QueuedPages {
  readonly seen: number;
  /** New pages that will be fetched. */
  readonly admitted: number;
}

/** What is known of the source that named the pages. */
export interface NamingSource {
  readonly kind: SourceView['kind'];
  readonly isFirstReading: boolean;
  /** Addresses that are the source's own: where it is asked, what it says its site is. */
  readonly addresses: readonly (string | null)[];
}

/** Queues those pages that are new and belong to the source; all of them are remembered. */
export async function queuePages(
  queue: PageQueue,
  pages: readonly FoundPage[],
  source: NamingSource,
  now: Date,
): Promise<QueuedPages> {
  const known = await queue.knownPages(pages.map((page) => page.addressId));
  const fresh = pages.filter((page) => !known.has(page.addressId));
  const own = new Set(
    source.addresses.map((url) => (url === null ? null : registrableDomain(url))),
  );
  const isOwnSite = (page: FoundPage) => own.has(registrableDomain(page.url));
  const view = {
    kind: source.kind,
    isFirstReading: source.isFirstReading,
    ownSiteItems: pages.filter(isOwnSite).length,
    items: pages.length,
  };
  const items = fresh.map((page) => ({
    publishedAtMs: page.publishedAtMs,
    isOwnSite: isOwnSite(page),
  }));
  const refusals = decideAdmission(items, view, now.getTime());
  const judged = fresh.map((page, index) => ({ ...page, refusal: refusals[index] ?? null }));
  if (judged.length > 0) await queue.addPages(judged, now);
  const admitted = judged.filter((page) => page.refusal === null).length;
  return { seen: pages.length, admitted };
}
