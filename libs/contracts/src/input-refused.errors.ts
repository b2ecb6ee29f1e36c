import type { RejectionCode } from './error-codes.ts';

/** Carries a rejection from where it is found to the one place that returns it as a value. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
  readonly retry = 'never';
  readonly code: RejectionCode;
  /** The article's address where the refused part named it itself. */
  readonly url: string | null;

  constructor(code: RejectionCode, detail: string, url: string | null = null) {
    super(detail);
    this.code = code;
    this.url = url;
  }
}
