import type { RejectionCode } from '@broadsheet/contracts';

/** A record of articles.raw cannot be understood, now or later. */
export class RawArticleNotUnderstood extends Error {
  override readonly name = 'RawArticleNotUnderstood';
  readonly retry = 'never';

  constructor(
    readonly code: RejectionCode,
    detail: string,
  ) {
    super(detail);
  }
}
