import type { TellableChange } from '@broadsheet/persistence';
import { z } from 'zod';

/** Largest position Postgres can hold. */
const MAX_POSITION = 9_223_372_036_854_775_807n;

export const Position = z
  .string('may be given once')
  .refine(isPosition, 'must be a position of the change log, such as 1234')
  .transform((text) => String(BigInt(text)))
  .meta({ pattern: String.raw`^\d{1,19}$` });

function isPosition(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) <= MAX_POSITION;
}

export const ChangeView = z
  .strictObject({
    position: z.string().meta({ description: 'decimal; p read means everything before p read' }),
    articleId: z.uuid(),
    kind: z.enum(['created', 'revised', 'refreshed', 'deleted']),
    revision: z.int(),
    at: z.iso.datetime(),
    url: z.string().nullable(),
    title: z.string().nullable().meta({ description: 'as it is now; null once deleted' }),
  })
  .meta({ id: 'Change' });
export type ChangeView = z.infer<typeof ChangeView>;

export function toChangeView(change: TellableChange): ChangeView {
  const { position, articleId, kind, revision, at, url, title } = change;
  return { position, articleId, kind, revision, at, url, title };
}
