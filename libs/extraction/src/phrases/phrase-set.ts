export type LineLabel =
  | 'title'
  | 'description'
  | 'date'
  | 'author'
  | 'section'
  | 'keywords'
  | 'language'
  | 'place'
  | 'ignored';

/** What one language writes around an article. Letter case, punctuation and spaces do not matter. */
export interface PhraseSet {
  /** Words before a colon in the first lines that say what the line is. */
  readonly labels: Partial<Readonly<Record<LineLabel, readonly string[]>>>;
  /** Starts of a line that names the authors. */
  readonly bylineStarts: readonly string[];
  /** Words between two authors. */
  readonly authorJoints: readonly string[];
  /** A line that is only this opens the furniture behind the article. */
  readonly tailHeadings: readonly string[];
  /** A line that is only this is never part of an article. */
  readonly furnitureLines: readonly string[];
  /** A short line that starts so is never part of an article. */
  readonly furnitureStarts: readonly string[];
  /** A line that starts so says that the rest is for subscribers. */
  readonly paywallStarts: readonly string[];
}
