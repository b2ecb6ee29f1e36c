import { z } from 'zod';
import { ArticleFields } from './article-fields.ts';
import { ArticleSource } from './article-source.ts';
import { MAX_URL_BYTES } from './limits.ts';

const shortText = z.string().max(2_000);

/** What the sender already knows of the article; used by the parser as one source among others. */
export const ArticleHints = z
  .object({
    title: shortText.optional(),
    authors: z.array(z.string().max(500)).max(100).optional(),
    publishedAt: z.string().max(100).optional().describe('A date in any usual form.'),
    language: z.string().max(35).optional().describe('BCP 47.'),
    summary: z.string().max(20_000).optional(),
    categories: z.array(z.string().max(500)).max(100).optional(),
    imageUrl: z.string().max(MAX_URL_BYTES).optional(),
    guid: z.string().max(MAX_URL_BYTES).optional().describe('Id of the entry in its feed.'),
  })
  .meta({ id: 'ArticleHints' });
export type ArticleHints = z.infer<typeof ArticleHints>;

/**
 * One article as an outside producer sends it in JSON. Exactly one of content, contentBase64.
 * Without contentType the content is looked at: markup is read as a page, anything else as text.
 */
export const RawArticle = z
  .object({
    url: z
      .string()
      .min(1)
      .max(MAX_URL_BYTES)
      .optional()
      .describe('Absolute http or https address of the article.'),
    contentType: z
      .string()
      .max(200)
      .optional()
      .describe(
        'text/html or text/plain, with the charset of contentBase64; without it the content is looked at.',
      ),
    content: z.string().optional().describe('The page or the text, decoded.'),
    // Not z.base64(): encoders for mail break lines, which the reader accepts.
    contentBase64: z
      .string()
      .meta({ contentEncoding: 'base64', description: 'The page or the text, as bytes in base64.' })
      .optional(),
    fetchedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe(
        'When the content was current; orders versions. Without it the time of its arrival.',
      ),
    source: ArticleSource.optional(),
    hints: ArticleHints.optional(),
    fields: ArticleFields.optional(),
  })
  .refine((raw) => (raw.content === undefined) !== (raw.contentBase64 === undefined), {
    message: 'give exactly one of content and contentBase64',
    path: ['content'],
  })
  .meta({
    id: 'RawArticle',
    oneOf: [{ required: ['content'] }, { required: ['contentBase64'] }],
  });
export type RawArticle = z.infer<typeof RawArticle>;
