import { z } from 'zod';

/** How many items a page of a list may have. */
export function pageLimit({ max, usual }: { readonly max: number; readonly usual: number }) {
  return z
    .string('may be given once')
    .regex(/^\d{1,9}$/, `must be a whole number from 1 to ${max}`)
    .transform(Number)
    .refine((value) => value >= 1 && value <= max, `must be from 1 to ${max}`)
    .default(usual)
    .meta({ type: 'integer', minimum: 1, maximum: max, default: usual });
}
