import { Articles1785000000001 } from './0001-articles.ts';
import { SourcesAndFrontier1785000000002 } from './0002-sources-and-frontier.ts';
import { ChangeReadersAndDeletions1785000000003 } from './0003-change-readers-and-deletions.ts';
import { PoliteFetching1785000000005 } from './0005-polite-fetching.ts';
import { InlineFacets1785000000007 } from './0007-inline-facets.ts';
import { FindCopies1785000000008 } from './0008-find-copies.ts';
import { NearDuplicates1785000000009 } from './0009-near-duplicates.ts';
import { Stories1785000000010 } from './0010-stories.ts';
import { SearchByDay1785000000011 } from './0011-search-by-day.ts';
import { Retention1785000000012 } from './0012-retention.ts';
import { Websub1785000000013 } from './0013-websub.ts';
import { RedirectedWork1785000000014 } from './0014-redirected-work.ts';
import { LinkSelectors1785000000015 } from './0015-link-selectors.ts';
import { ItemsPerDay1785000000016 } from './0016-items-per-day.ts';
import { ShorterWayToSmallColumns1785000000017 } from './0017-shorter-way-to-small-columns.ts';
import { AskedWholeBecause1785000000018 } from './0018-asked-whole-because.ts';

/** In the order in which they run. Append only: a migration that was released is never edited. */
export const MIGRATIONS = [
  Articles1785000000001,
  SourcesAndFrontier1785000000002,
  ChangeReadersAndDeletions1785000000003,
  PoliteFetching1785000000005,
  InlineFacets1785000000007,
  FindCopies1785000000008,
  NearDuplicates1785000000009,
  Stories1785000000010,
  SearchByDay1785000000011,
  Retention1785000000012,
  Websub1785000000013,
  RedirectedWork1785000000014,
  LinkSelectors1785000000015,
  ItemsPerDay1785000000016,
  ShorterWayToSmallColumns1785000000017,
  AskedWholeBecause1785000000018,
];
