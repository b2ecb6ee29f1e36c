import { Articles1785000000001 } from './0001-articles.ts';

/** In the order in which they run. Append only: a migration that was released is never edited. */
export const MIGRATIONS = [Articles1785000000001];
