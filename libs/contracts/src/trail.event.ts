import { z } from 'zod';

const TrailStep = z.enum([
  'fetched',
  'accepted',
  'parsed',
  'rejected',
  'indexed',
  'duplicate-of',
  'dead-lettered',
  'deleted',
]);

const ServiceName = z.enum(['fetcher', 'gateway', 'parser', 'indexer']);

/**
 * One step of one article's way. `subject` is the article id or address id; without a URL the content
 * id; of an undecodable record the record id. `id` is deterministic: inserting twice is harmless.
 */
export const TrailEvent = z
  .object({
    id: z.uuid(),
    subject: z.uuid(),
    step: TrailStep,
    service: ServiceName,
    at: z.iso.datetime(),
    url: z.string().nullable(),
    /** `topic/partition/offset` of the record this step is about, where it is known. */
    record: z.string().nullable(),
    /** The article this step led to, where it differs from the subject. */
    articleId: z.uuid().nullable(),
    /** Why, for rejected and dead-lettered: a stable error code. */
    code: z.string().nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'TrailEvent' });
export type TrailEvent = z.infer<typeof TrailEvent>;
