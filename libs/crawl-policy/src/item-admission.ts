import { DAY_MS } from './durations.ts';

/** A page that a source names and that was not known. */
export interface NewItem {
  /** When it was published, as the source says; null where it says nothing. */
  readonly publishedAtMs: number | null;
  /** Whether it is on the source's own site. */
  readonly isOwnSite: boolean;
}

export interface SourceView {
  readonly kind: 'feed' | 'sitemap';
  /** Whether the source has been read before. */
  readonly isFirstReading: boolean;
  /** Of all items in the document, known ones included: how many are on the source's own site. */
  readonly ownSiteItems: number;
  readonly items: number;
}

/** Why a page is remembered but not fetched. */
export type ItemRefusal = 'FOREIGN_LINK' | 'ARCHIVE_REPLAY' | 'TOO_OLD' | 'TOO_MANY';

/** More new pages than this in one reading are a mistake or an archive. */
const MAX_ADMITTED = 500;
/** Sitemaps list a site's whole past; only what is fresh is news. */
const SITEMAP_AGE_MS = 3 * DAY_MS;
const OLD_MS = 30 * DAY_MS;
/** So many unknown items at once, nearly all old, are an archive that was put into the feed again. */
const REPLAY_ITEMS = 30;
const REPLAY_SHARE = 0.8;
/** A feed with fewer links to its own site is a list of other people's pages, and meant to be. */
const OWN_SITE_SHARE = 0.6;

function isOlder(item: NewItem, ageMs: number, nowMs: number): boolean {
  return item.publishedAtMs !== null && nowMs - item.publishedAtMs > ageMs;
}

function isReplay(items: readonly NewItem[], view: SourceView, nowMs: number): boolean {
  if (view.isFirstReading || items.length < REPLAY_ITEMS) return false;
  const old = items.filter((item) => isOlder(item, OLD_MS, nowMs)).length;
  return old / items.length >= REPLAY_SHARE;
}

/**
 * Which of the new items are fetched: for each, null or why not. Adverts and links to other sites stay out of
 * feeds that otherwise stay at home; a sitemap gives its last three days; an archive that turns up at once
 * gives only what is young in it.
 */
export function decideAdmission(
  items: readonly NewItem[],
  view: SourceView,
  nowMs: number,
): readonly (ItemRefusal | null)[] {
  const staysAtHome = view.items > 0 && view.ownSiteItems / view.items >= OWN_SITE_SHARE;
  const replayed = view.kind === 'feed' && isReplay(items, view, nowMs);
  let admitted = 0;
  return items.map((item) => {
    if (staysAtHome && !item.isOwnSite) return 'FOREIGN_LINK';
    if (view.kind === 'sitemap' && isOlder(item, SITEMAP_AGE_MS, nowMs)) return 'TOO_OLD';
    if (replayed && isOlder(item, OLD_MS, nowMs)) return 'ARCHIVE_REPLAY';
    admitted += 1;
    return admitted > MAX_ADMITTED ? 'TOO_MANY' : null;
  });
}
