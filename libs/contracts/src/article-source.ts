import { z } from 'zod';
import { MAX_URL_BYTES } from './limits.ts';

/** Where an article was found: a followed source, an outside producer, a feed. */
export const ArticleSource = z
  .object({
    id: z.string().max(200).optional(),
    name: z.string().max(500).optional(),
    url: z.string().max(MAX_URL_BYTES).optional(),
    feedUrl: z.string().max(MAX_URL_BYTES).optional(),
  })
  .meta({ id: 'ArticleSource' });
export type ArticleSource = z.infer<typeof ArticleSource>;
