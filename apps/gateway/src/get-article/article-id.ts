import { z } from 'zod';

const MAX_REVISION = 2_147_483_647;

/** The id of an article or of any of its addresses, in a path. */
export const ArticleId = z.uuid('must be a UUID').transform((id) => id.toLowerCase());

/** The number of a revision, in a path or a query. */
export const RevisionNumber = z
  .string('may be given once')
  .regex(/^\d{1,10}$/, 'must be a whole number')
  .transform(Number)
  .refine((number) => number >= 1 && number <= MAX_REVISION, 'must be a revision number from 1')
  .meta({ type: 'integer', minimum: 1, maximum: MAX_REVISION });
