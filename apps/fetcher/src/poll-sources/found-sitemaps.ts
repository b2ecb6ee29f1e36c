import { addressId } from '@broadsheet/article';
import { MAX_URL_BYTES } from '@broadsheet/contracts';
import type { SitemapReference } from '@broadsheet/feeds';
import type { FoundSitemap } from '@broadsheet/persistence';

/** Where found sitemaps wait to be read. */
export interface SitemapQueue {
  addSitemaps(sitemaps: readonly FoundSitemap[], now: Date, unreadSince: Date): Promise<number>;
}

/** An index lists a site's whole past, the newest mostly first or last; its news are in a few of them. */
const MAX_SITEMAPS = 50;
export const MAX_INDEX_DEPTH = 3;
const DAY_MS = 86_400_000;
/** A sitemap that did not change for longer has no news. */
const FRESH_FOR_MS = 3 * DAY_MS;
/** One that does not say when it changes is read again after this time. */
const UNDATED_AFTER_MS = 6 * 3_600_000;

interface IndexPosition {
  readonly sourceId: string;
  /** Indexes above the sitemaps, this one included. */
  readonly depth: number;
}

function timeOf({ modifiedAt }: SitemapReference): number | null {
  return modifiedAt === null ? null : Date.parse(modifiedAt);
}

/** The sitemaps of an index that may hold news: those that changed last, at most 50. */
export function findSitemaps(
  sitemaps: readonly SitemapReference[],
  position: IndexPosition,
  nowMs: number,
): readonly FoundSitemap[] {
  const found = new Map<string, FoundSitemap>();
  const byAge = sitemaps.toSorted((a, b) => (timeOf(b) ?? nowMs) - (timeOf(a) ?? nowMs));
  for (const reference of byAge) {
    const changedMs = timeOf(reference);
    const id = Buffer.byteLength(reference.url) > MAX_URL_BYTES ? null : addressId(reference.url);
    const isStale = changedMs !== null && nowMs - changedMs > FRESH_FOR_MS;
    if (id === null || isStale || found.size >= MAX_SITEMAPS || found.has(id)) continue;
    const hints = { depth: position.depth };
    const modifiedAt = changedMs === null ? null : new Date(changedMs);
    const { sourceId } = position;
    found.set(id, { addressId: id, url: reference.url, sourceId, hints, modifiedAt });
  }
  return [...found.values()];
}

/** Queues them; resolves with how many are due now. */
export async function queueSitemaps(
  queue: SitemapQueue,
  sitemaps: readonly FoundSitemap[],
  now: Date,
): Promise<number> {
  return queue.addSitemaps(sitemaps, now, new Date(now.getTime() - UNDATED_AFTER_MS));
}
