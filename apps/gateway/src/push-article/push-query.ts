import { z } from 'zod';

/** What may be said beside the body of a push. */
export const PushQuery = z.strictObject({
  url: z
    .string('may be given once')
    .min(1)
    .max(2_000)
    .optional()
    .meta({ description: 'address of the article, where the body does not name it' }),
});
export type PushQuery = z.infer<typeof PushQuery>;
