import type { ParsedArticle, RejectionCode, TrailEvent } from '@broadsheet/contracts';

/**
 * What a record of articles.raw came to. `rejected`: understood, and no article. `failed`: not
 * understood, so the record itself is kept as a dead letter.
 */
export type ParseOutcome =
  | {
      readonly kind: 'parsed';
      readonly article: ParsedArticle;
      readonly step: TrailEvent;
      readonly traceparent: string | null;
    }
  | { readonly kind: 'rejected'; readonly step: TrailEvent; readonly traceparent: string | null }
  | { readonly kind: 'failed'; readonly code: RejectionCode; readonly detail: string };

/** Refusals that are the input's own fault and fully explained by their code. */
export const UNDERSTOOD_CODES: ReadonlySet<RejectionCode> = new Set<RejectionCode>([
  'EMPTY_VALUE',
  'TOO_SHORT',
  'NOT_AN_ARTICLE',
  'EMPTY_PAGE',
  'IS_FEED',
  'IS_SITEMAP',
  'IS_LISTING',
  'IS_ERROR_PAGE',
  'IS_BOT_WALL',
  'IS_LOGIN_WALL',
  'IS_COOKIE_WALL',
  'TOO_LARGE',
  'URL_INVALID',
  'UNSUPPORTED_TYPE',
]);
