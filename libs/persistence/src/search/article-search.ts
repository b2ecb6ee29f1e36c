import type { StoredArticle } from '../articles/stored-article.ts';

export type SearchSort = 'relevance' | 'published' | 'seen';
export type CountMode = 'exact' | 'capped' | 'none';

export const FACET_NAMES = ['site', 'source', 'language', 'author', 'category'] as const;
export type FacetName = (typeof FACET_NAMES)[number];
export const HISTOGRAM_UNITS = ['hour', 'day', 'week', 'month'] as const;
type HistogramUnit = (typeof HISTOGRAM_UNITS)[number];

/** Facets and histogram look at this many of the newest matches. */
export const MAX_SAMPLED = 20_000;
/** Phrases and titles are looked up in each article's own vector, which takes ten times as long. */
export const MAX_SAMPLED_OF_PHRASES = 2_000;
/** Of each facet the values found most often. */
export const MAX_FACET_VALUES = 50;

/** `capped` counting stops here; a total above it is reported as `atLeast`. */
export const MAX_COUNTED = 10_000;
export const MAX_PAGE_SIZE = 200;

/**
 * Where a page ended; hand it back to get the next one. `asOf` freezes a ranking: articles seen later
 * stay out of the following pages, so that none is shown twice.
 */
export type SearchPosition =
  | { readonly sort: 'published' | 'seen'; readonly at: string; readonly id: string }
  | {
      readonly sort: 'relevance';
      readonly score: number;
      readonly id: string;
      readonly asOf: string;
    };

/** Every filter given must hold. Times are UTC ISO 8601; `from` is inclusive, `to` exclusive. */
export interface ArticleSearch {
  /** Words, "phrases", -not, or, prefix*, brackets, field:value. */
  readonly q?: string;
  /** Like `q`, within titles. */
  readonly title?: string;
  /** Registrable domain. */
  readonly site?: string;
  /** A source's id or name. */
  readonly source?: string;
  /** BCP 47; `en` also finds `en-GB`. */
  readonly language?: string;
  readonly author?: string;
  readonly category?: string;
  readonly from?: string;
  readonly to?: string;
  /** The address id or content id of one article. */
  readonly addressId?: string;
  /**
   * `hide` leaves out copies of the text of one that was seen earlier. Articles that turned out to
   * be another address of one are never listed.
   */
  readonly duplicates?: 'show' | 'hide';
  /** Without words to rank by, `relevance` means `published`. */
  readonly sort: SearchSort;
  /** 1 to MAX_PAGE_SIZE. */
  readonly limit: number;
  readonly after?: SearchPosition;
  readonly highlight: boolean;
  readonly count: CountMode;
  readonly facets?: readonly FacetName[];
  readonly histogram?: HistogramUnit;
}

/**
 * Passages that match. HIGHLIGHT_START and HIGHLIGHT_END stand around each match; the rest is plain
 * text and still has to be escaped before it goes into HTML.
 */
export interface SearchHighlight {
  readonly title: string;
  readonly text: string;
}
export const HIGHLIGHT_START = '\uE000';
export const HIGHLIGHT_END = '\uE001';

export interface SearchHit {
  readonly article: StoredArticle;
  /** Only for `relevance`. */
  readonly score: number | null;
  readonly highlight: SearchHighlight | null;
}

export interface SearchTotal {
  readonly value: number;
  readonly relation: 'exact' | 'atLeast';
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** How the matches are spread; `isSampled` where there are more than were looked at. */
export interface SearchSummary {
  readonly facets: Readonly<Partial<Record<FacetName, readonly FacetCount[]>>>;
  /** Oldest first; `at` is the begin of an hour, day, ISO week or month in UTC. */
  readonly histogram: readonly { readonly at: string; readonly count: number }[] | null;
  readonly isSampled: boolean;
}

export interface SearchPage {
  readonly hits: readonly SearchHit[];
  readonly next: SearchPosition | null;
  readonly total: SearchTotal | null;
  /** Null unless facets or a histogram were asked for. */
  readonly summary: SearchSummary | null;
}
