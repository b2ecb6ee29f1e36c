import { compareVersions, type ArticleVersion } from './article-version.ts';

export interface ArrivingArticle {
  readonly version: ArticleVersion;
  /** See contentHash: title and text. */
  readonly contentHash: string;
  /** See fieldsHash: every other field that readers can see. */
  readonly fieldsHash: string;
}

export interface StoredArticle extends ArrivingArticle {
  readonly revision: number;
}

/** Somebody's deletion holds for ever, the retention's for what was fetched before it. */
export interface ArticleTombstone {
  readonly reason: 'person' | 'retention';
  readonly at: string;
}

export interface ArticleChange {
  readonly kind: 'created' | 'revised' | 'refreshed' | 'unchanged' | 'outdated';
  /** The revision that holds afterwards; 0 where nothing is stored. */
  readonly revision: number;
  /** The version that holds afterwards; null where nothing is stored. */
  readonly nextVersion: ArticleVersion | null;
}

/**
 * What an arrival means for the stored article. Whatever the order of arrival, the newest version ends
 * up stored: an older one is `outdated`, and an `unchanged` one still moves the version forward. Of two
 * equal versions the later arrival wins, which within a partition is the order of appending.
 */
export function decideChange(
  stored: StoredArticle | null,
  incoming: ArrivingArticle,
  tombstone: ArticleTombstone | null,
): ArticleChange {
  if (tombstone && isBuried(incoming, tombstone)) return keep(stored);
  if (!stored) return { kind: 'created', revision: 1, nextVersion: incoming.version };
  if (compareVersions(incoming.version, stored.version) < 0) return keep(stored);
  const kind = kindOf(stored, incoming);
  return {
    kind,
    revision: stored.revision + (kind === 'revised' ? 1 : 0),
    nextVersion: incoming.version,
  };
}

function isBuried(incoming: ArrivingArticle, tombstone: ArticleTombstone): boolean {
  return (
    tombstone.reason === 'person' ||
    Date.parse(incoming.version.fetchedAt) <= Date.parse(tombstone.at)
  );
}

function keep(stored: StoredArticle | null): ArticleChange {
  return {
    kind: 'outdated',
    revision: stored?.revision ?? 0,
    nextVersion: stored?.version ?? null,
  };
}

function kindOf(
  stored: StoredArticle,
  incoming: ArrivingArticle,
): 'revised' | 'refreshed' | 'unchanged' {
  const isSameText = incoming.contentHash === stored.contentHash;
  if (isSameText && incoming.fieldsHash === stored.fieldsHash) return 'unchanged';
  // The publisher changed nothing where better rules read the same fetch differently.
  return isSameText || isReparse(stored.version, incoming.version) ? 'refreshed' : 'revised';
}

function isReparse(stored: ArticleVersion, incoming: ArticleVersion): boolean {
  return (
    incoming.parserGeneration > stored.parserGeneration &&
    Date.parse(incoming.fetchedAt) === Date.parse(stored.fetchedAt) &&
    Date.parse(incoming.appendedAt) === Date.parse(stored.appendedAt)
  );
}
