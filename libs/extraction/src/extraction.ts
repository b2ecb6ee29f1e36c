import type { BodyRecorder } from './body-recorder.ts';
import type { ExtractedArticle } from './extracted-article.ts';
import type { DocumentRefusal } from './not-an-article/refuse-document.ts';
import type { PageRefusal } from './not-an-article/refuse-page.ts';

/** What the sender already knows of the article: one source among others. */
export interface ExtractionHints {
  readonly title?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  readonly publishedAt?: string | undefined;
  readonly language?: string | undefined;
  readonly summary?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly imageUrl?: string | undefined;
}

type RejectionCode =
  | 'NOT_TEXT'
  | 'TOO_SHORT'
  | 'NOT_AN_ARTICLE'
  | 'TOO_DEEP'
  | DocumentRefusal['code']
  | PageRefusal['code'];

export type Extraction =
  | { readonly kind: 'article'; readonly article: ExtractedArticle }
  | { readonly kind: 'rejected'; readonly code: RejectionCode; readonly detail: string };

export interface TextOptions {
  readonly hints: ExtractionHints;
  /** When the article was read, ISO 8601: no date later than a day after it is believed. */
  readonly fetchedAt: string;
}

export interface PageOptions extends TextOptions {
  /** Address of the page; relative links and the date in the path are read against it. */
  readonly url: string | null;
  /** Notes what is decided about the page, where somebody asks why. */
  readonly recorder?: BodyRecorder | null;
}
