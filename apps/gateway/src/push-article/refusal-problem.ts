import type { RejectionCode } from '@broadsheet/contracts';
import type { ProblemStatus } from '../http/problem-codes.ts';
import { Problem } from '../http/problem.errors.ts';

const STATUSES: Partial<Record<RejectionCode, ProblemStatus>> = {
  EMPTY_VALUE: 400,
  JSON_INVALID: 400,
  HEADER_INVALID: 400,
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
};

/** What a refused article is in HTTP: understood but wrong (422) unless it is simpler than that. */
export function refusalProblem(code: RejectionCode, detail: string): Problem {
  return new Problem(STATUSES[code] ?? 422, code, detail);
}
