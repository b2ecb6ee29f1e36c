export type FieldSource = 'json-ld' | 'meta' | 'microdata' | 'hints' | 'visible' | 'url';

/** Where a field's value came from, and the values that lost (at most 10, each cut at 500 characters). */
export interface FieldProvenance {
  readonly from: FieldSource;
  readonly rivals: readonly { readonly from: FieldSource; readonly value: string }[];
}

export interface ExtractedImage {
  /** Absolute http or https address. */
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly alt?: string;
}

export interface ExtractedArticle {
  /** Empty only where no source names one. */
  readonly title: string;
  readonly description: string | null;
  /** Place of an agency's dateline (`Washington`); the text keeps the paragraph as written. */
  readonly dateline: string | null;
  readonly authors: readonly string[];
  /** UTC, ISO 8601 with `Z`. */
  readonly publishedAt: string | null;
  readonly publishedAtPrecision: 'day' | 'minute' | 'second' | null;
  /**
   * Offset as written, `+02:00`; null where none was. Where the page gives its time in UTC and shows
   * another day or another hour, the offset between the two.
   */
  readonly publishedAtOffset: string | null;
  /** UTC, ISO 8601 with `Z`. */
  readonly modifiedAt: string | null;
  /** Paragraphs separated by a blank line; at most 1 MiB of UTF-8. */
  readonly text: string;
  /** The same blocks in a sanitised subset of HTML, safe inside a page. */
  readonly html: string;
  readonly image: ExtractedImage | null;
  readonly section: string | null;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly paywalled: boolean;
  readonly truncated: boolean;
  /** As found and made absolute; the caller decides whether it is credible. */
  readonly canonicalUrl: string | null;
  /** As declared by the page or its sender; no detection. */
  readonly declaredLanguage: string | null;
  readonly siteName: string | null;
  readonly provenance: Readonly<Record<string, FieldProvenance>>;
}

/** What a page says of its article beside the text. */
export type PageFields = Omit<
  ExtractedArticle,
  'text' | 'html' | 'truncated' | 'paywalled' | 'dateline'
>;
