/** Orders the arrivals of one article; ISO 8601 in UTC. */
export interface ArticleVersion {
  readonly fetchedAt: string;
  readonly appendedAt: string;
  readonly parserGeneration: number;
}

/** How far a sender's clock may run ahead of the broker's before it is no longer believed. */
const MAX_CLOCK_LEAD_MS = 5 * 60 * 1_000;

/** Row comparison: negative where `a` is older. */
export function compareVersions(a: ArticleVersion, b: ArticleVersion): number {
  return (
    Date.parse(a.fetchedAt) - Date.parse(b.fetchedAt) ||
    Date.parse(a.appendedAt) - Date.parse(b.appendedAt) ||
    a.parserGeneration - b.parserGeneration
  );
}

/** The time of the fetch, or of the append where the fetch is unknown or claimed for the future. */
export function clampFetchedAt(fetchedAt: string | null, appendedAt: string): string {
  const fetchedMs = fetchedAt === null ? Number.NaN : Date.parse(fetchedAt);
  const isBelievable = fetchedMs <= Date.parse(appendedAt) + MAX_CLOCK_LEAD_MS;
  return isBelievable ? new Date(fetchedMs).toISOString() : appendedAt;
}
