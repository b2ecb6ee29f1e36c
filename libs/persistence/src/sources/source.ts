import type { NewsRhythm } from './fetch-turn.ts';

/** Why the fetcher will next look at a source when it will; null until it has taken the source up. */
export interface SourceHealth {
  readonly lastPolledAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly lastError: SourceError | null;
  readonly nextPollAt: Date | null;
  readonly nextPollReason: string | null;
  /** Why the last poll asked for the whole document; null where it asked for what had changed. */
  readonly askedWholeBecause: string | null;
  /** Items of this source that were new when they were seen. */
  readonly itemsSeen: number;
  /** Of late, the first reading apart; null in its first day. */
  readonly itemsPerDay: number | null;
  /** Where the source is asked; null until that is another address than its owner's. */
  readonly feedUrl: string | null;
  readonly consecutiveFailures: number;
  /** Milliseconds between two polls while all is well; null before the first that was. */
  readonly intervalMs: number | null;
  readonly rhythm: NewsRhythm;
}

export interface SourceError {
  readonly code: string;
  readonly detail: string;
  readonly at: Date;
}

/** A feed that is followed. */
export interface Source {
  readonly id: string;
  readonly url: string;
  readonly name: string | null;
  readonly folder: string | null;
  /** CSS: which links of a page are its articles; null leaves that to its structure. */
  readonly selector: string | null;
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly health: SourceHealth;
}

export interface NewSource {
  readonly id: string;
  /** Absolute http or https address in its normal form. */
  readonly url: string;
  readonly name: string | null;
  readonly folder?: string | null;
  readonly selector?: string | null;
  readonly createdAt: Date;
}

export interface SourceChange {
  readonly name?: string | null | undefined;
  readonly folder?: string | null | undefined;
  readonly selector?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  readonly at: Date;
}

/** The last source of the page before; sources are listed in the order in which they were added. */
export interface SourcePosition {
  readonly createdAt: Date;
  readonly id: string;
}
