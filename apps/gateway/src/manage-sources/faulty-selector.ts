import { faultOfSelector } from '@broadsheet/feeds';
import { Problem } from '../http/problem.errors.ts';

/** @throws {Problem} SELECTOR_INVALID, SELECTOR_TOO_COSTLY */
export function refuseFaultySelector(selector: string | null | undefined): void {
  const fault = selector ? faultOfSelector(selector) : null;
  if (fault === null) return;
  const { code, detail } = fault;
  const errors = [{ in: 'body', name: 'selector', detail }] as const;
  throw new Problem(400, code, `the selector cannot be used: ${detail}`, { errors });
}
