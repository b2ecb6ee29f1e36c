import { z } from 'zod';
import { RecordCoordinates } from './parsed-article.event.ts';

/**
 * What an arrival meant for the stored article.
 * created · revised (title or text differ) · refreshed (other fields, or a re-parse) · unchanged ·
 * outdated (an older version came late) · deleted.
 */
export const ChangeKind = z.enum([
  'created',
  'revised',
  'refreshed',
  'unchanged',
  'outdated',
  'deleted',
]);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** Published after the indexer's commit, once per cause; again, with the stored kind, on redelivery. */
export const ArticleIndexed = z
  .object({
    articleId: z.uuid(),
    kind: ChangeKind,
    revision: z.int().nonnegative(),
    /** Position in the change log, a decimal string. Whoever has read p has seen everything before p. */
    position: z.string().regex(/^\d+$/),
    url: z.string().nullable(),
    title: z.string(),
    contentHash: z.string(),
    at: z.iso.datetime(),
    /** Null where a person caused it. */
    causedBy: RecordCoordinates.nullable(),
  })
  .meta({ id: 'ArticleIndexed' });
export type ArticleIndexed = z.infer<typeof ArticleIndexed>;
