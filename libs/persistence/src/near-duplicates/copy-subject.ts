import {
  compareReady,
  type ComparedArticle,
  titleHash,
  type TextSignature,
} from '@broadsheet/article';

/** An article whose text is new, or was changed: whether it is a copy is to be decided. */
export interface CopySubject {
  readonly id: string;
  readonly firstSeenAt: string;
  readonly signature: TextSignature;
  readonly compared: ComparedArticle;
  /** Was stored before, with another text. */
  readonly isRevised: boolean;
  /** Others were found to be copies of what it was. */
  readonly hasCopies: boolean;
}

/** An article that a subject may be a copy of. */
export interface OriginalArticle {
  readonly id: string;
  readonly firstSeenAt: string;
  readonly compared: ComparedArticle;
}

/** What came of looking at the articles of a batch that are new or reworded. */
export interface CopyJudgement {
  readonly subjects: readonly CopySubject[];
  readonly decisions: readonly CopyDecision[];
  /** Reworded articles that have no word left to be compared by. */
  readonly wordless: readonly string[];
  /** All that was committed then was looked at. */
  readonly snapshot: string;
}

export interface CopyDecision {
  readonly articleId: string;
  /** Null: it is a copy of none. */
  readonly original: { readonly id: string; readonly similarity: number } | null;
}

/** Made ready when it is first compared: most articles resemble no other. */
export class LazilyCompared implements ComparedArticle {
  readonly contentHash: string;
  private ready: ComparedArticle['text'] | null = null;
  private hash: string | null = null;

  constructor(
    private readonly given: {
      readonly title: string;
      readonly text: string;
      readonly contentHash: string;
    },
  ) {
    this.contentHash = given.contentHash;
  }

  get text(): ComparedArticle['text'] {
    this.ready ??= compareReady(this.given.text);
    return this.ready;
  }

  get titleHash(): string {
    this.hash ??= titleHash(this.given.title);
    return this.hash;
  }
}
