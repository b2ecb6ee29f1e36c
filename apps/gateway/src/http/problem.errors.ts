import type { ProblemCode, ProblemStatus } from './problem-codes.ts';

/** One thing that is wrong with a request, and where. */
export interface ProblemPart {
  /** `query`, `path` or `body`. */
  readonly in: 'query' | 'path' | 'body';
  /** Name of the parameter, or path of the member in the body, such as `hints.authors.0`. */
  readonly name: string;
  readonly detail: string;
  /** Offset within the value in UTF-16 code units, from 0. */
  readonly position?: number;
}

export interface ProblemOptions {
  readonly errors?: readonly ProblemPart[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer other than success; becomes problem details (RFC 9457) with a stable `code`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly ProblemPart[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: ProblemStatus,
    readonly code: ProblemCode,
    detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail);
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }
}

/** 503 with the time after which trying again makes sense. */
export function tryAgainLater(
  code: ProblemCode,
  detail: string,
  retryAfterSeconds: number,
): Problem {
  return new Problem(503, code, detail, { headers: { 'retry-after': String(retryAfterSeconds) } });
}
