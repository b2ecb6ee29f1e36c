import { MAX_URL_BYTES } from '@broadsheet/contracts';
import { z } from 'zod';
import { pageLimit } from '../http/page-limit.ts';

const MAX_NAME_LENGTH = 200;
const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

/** What pages put in front of addresses so that a reader opens: `feed://host/…`, `feed:https://…`. */
const FEED_SCHEME = /^feed:(?:(?=https?:\/\/)|(\/\/))/i;

/** The address in its normal form; null where it is none that can be followed. */
export function toFeedAddress(text: string): string | null {
  const address = text.replace(FEED_SCHEME, (_scheme, slashes) => (slashes ? 'http://' : ''));
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return Buffer.byteLength(url.href) <= MAX_URL_BYTES ? url.href : null;
}

/** Whether the host may be reached is the fetcher's business: it is decided at each connection. */
export const FeedAddress = z
  .string('must be the address of a source')
  .transform((text, context) => {
    const address = toFeedAddress(text.trim());
    if (address !== null) return address;
    const message = `must be an http or https address of at most ${MAX_URL_BYTES} bytes, without user name and password`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .meta({ description: 'address of a feed, of a sitemap, or of a page that leads to one' });

const Name = z
  .string('must be a text')
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_NAME_LENGTH, `must have at most ${MAX_NAME_LENGTH} characters`)
  .refine((text) => !text.includes('\0'), 'must not hold U+0000');

export const LinkSelector = z
  .string('must be a text')
  .trim()
  .min(1, 'must not be empty')
  .meta({
    description:
      'CSS: which links of a page are its articles (those named, and those inside of what is named), ' +
      'where its structure does not tell; at most 300 characters; the address is not searched for a feed',
  });

export const NewSourceBody = z
  .strictObject({
    url: FeedAddress,
    name: Name.optional(),
    folder: Name.optional(),
    selector: LinkSelector.optional(),
  })
  .meta({ id: 'NewSource' });
export type NewSourceBody = z.infer<typeof NewSourceBody>;

export const SourceChangeBody = z
  .strictObject({
    name: Name.nullable().optional().meta({ description: 'null takes the name away' }),
    folder: Name.nullable().optional().meta({ description: 'null takes it out of its folder' }),
    selector: LinkSelector.nullable()
      .optional()
      .meta({ description: 'CSS for the links of a page; null leaves them to its structure' }),
    enabled: z
      .boolean('must be true or false')
      .optional()
      .meta({ description: 'false pauses the source; true polls it at once' }),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    path: ['enabled'],
    message: 'give at least one of name, folder, selector and enabled',
  })
  .meta({ id: 'SourceChange' });
export type SourceChangeBody = z.infer<typeof SourceChangeBody>;

export const SourceListQuery = z.strictObject({
  limit: pageLimit({ max: MAX_LIMIT, usual: DEFAULT_LIMIT }),
  cursor: z
    .string('may be given once')
    .max(1_000)
    .optional()
    .meta({ description: 'next of the page before' }),
});
export type SourceListQuery = z.infer<typeof SourceListQuery>;

export const SourceId = z.uuid('must be a UUID').transform((id) => id.toLowerCase());
