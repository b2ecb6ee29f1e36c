import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { Problem } from './problem.errors.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457 §3; `code` is stable, `detail` is for people and may change. */
export const ProblemDocument = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          in: z.enum(['query', 'path', 'body']),
          name: z.string(),
          detail: z.string(),
          position: z
            .int()
            .optional()
            .meta({ description: 'of the character in the value, from 0' }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

export function problemDocument(problem: Problem): string {
  return JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  });
}
