import type { ArticleChange, StoredArticle as DecidedState } from '@broadsheet/article';
import type { ArticleArrival } from './article-arrival.ts';
import type { PassedRevision, PlannedArticle } from './write-plan.ts';
import type { StoredState } from './write-state.ts';

type Taken = Pick<ArticleChange, 'kind' | 'revision'> & Omit<DecidedState, 'revision'>;

/** One article while a batch is being decided: what is stored, and what has come on top of it. */
export class ArticleDraft {
  supersedesStored = false;
  readonly passed: PassedRevision[] = [];
  private hasNewRevision = false;

  readonly id: string;
  private readonly firstSeenAt: string;

  private constructor(
    { id, firstSeenAt }: Pick<StoredState, 'id' | 'firstSeenAt'>,
    private readonly stored: StoredState | null,
    public current: DecidedState,
    /** The arrival that holds the current state; null while that is the stored row. */
    private holder: ArticleArrival | null,
  ) {
    this.id = id;
    this.firstSeenAt = firstSeenAt;
  }

  static of(stored: StoredState): ArticleDraft {
    return new ArticleDraft(stored, stored, stored, null);
  }

  static from(
    identity: Pick<StoredState, 'id' | 'firstSeenAt'>,
    arrival: ArticleArrival,
    state: Omit<DecidedState, 'revision'>,
  ): ArticleDraft {
    return new ArticleDraft(identity, null, { ...state, revision: 1 }, arrival);
  }

  /** Takes an arrival that is not older than what is there. */
  take(arrival: ArticleArrival, { kind, ...state }: Taken): void {
    if (kind === 'revised') this.keepCurrent();
    if (kind === 'revised' || kind === 'refreshed') this.holder = arrival;
    this.current = state;
  }

  planned(now: string): PlannedArticle[] {
    if (this.holder === null) return [];
    return [
      {
        id: this.id,
        arrival: this.holder,
        version: this.current.version,
        fieldsHash: this.current.fieldsHash,
        revision: this.current.revision,
        firstSeenAt: this.firstSeenAt,
        updatedAt: this.stored === null || this.hasNewRevision ? now : null,
        isNew: this.stored === null,
        isReworded: this.stored?.contentHash !== this.current.contentHash,
        copyOf: this.stored?.copyOf ?? null,
      },
    ];
  }

  advanced(): Pick<StoredState, 'id' | 'version'>[] {
    const isAdvanced = this.holder === null && this.current !== this.stored;
    return isAdvanced ? [{ id: this.id, version: this.current.version }] : [];
  }

  private keepCurrent(): void {
    this.hasNewRevision = true;
    if (this.holder === null) this.supersedesStored = true;
    else {
      const { revision } = this.current;
      this.passed.push({ articleId: this.id, revision, arrival: this.holder });
    }
  }
}
