import type { z } from 'zod';
import { InputRefused } from './input-refused.errors.ts';
import type { RejectionCode } from './error-codes.ts';

const SHOWN_ISSUES = 3;

/** The value in its shape; throws the given code and says which members are wrong, never their content. */
export function requireShape<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  code: RejectionCode,
): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputRefused(code, describeIssues(parsed.error));
}

function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, SHOWN_ISSUES)
    .map((issue) => `${issue.path.map(String).join('.') || 'value'}: ${issue.message}`)
    .join('; ')
    .toWellFormed()
    .slice(0, 500);
}
