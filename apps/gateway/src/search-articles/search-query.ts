import { FACET_NAMES, type FacetName, HISTOGRAM_UNITS } from '@broadsheet/persistence';
import { z } from 'zod';
import { pageLimit } from '../http/page-limit.ts';
import { ARTICLE_FIELDS, type ArticleField } from './article-view.ts';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 20;
const END_OF_TIME_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Postgres cannot hold U+0000 in a text. */
function words(maxLength: number) {
  return z
    .string('may be given once')
    .max(maxLength, `must have at most ${maxLength} characters`)
    .refine((text) => !text.includes('\0'), 'must not hold U+0000');
}

const DATE_SENTENCE = 'must be a date such as 2024-07-15 or a time such as 2024-07-15T09:30:00Z';

function moment(toInstant: (text: string) => string) {
  return z
    .union([z.iso.date(), z.iso.datetime({ offset: true, local: true })], { error: DATE_SENTENCE })
    .transform(toInstant)
    .refine(isStorable, 'must be of the years 1 to 9999');
}

const limit = pageLimit({ max: MAX_LIMIT, usual: DEFAULT_LIMIT });

const fields = words(1_000)
  .transform((text) => text.split(',').map((field) => field.trim()))
  .pipe(z.array(z.enum(ARTICLE_FIELDS, `must be a list of: ${ARTICLE_FIELDS.join(', ')}`)))
  .transform((list): ReadonlySet<ArticleField> => new Set(list));

const facets = words(100)
  .transform((text) => text.split(',').map((facet) => facet.trim()))
  .pipe(z.array(z.enum(FACET_NAMES, `must be a list of: ${FACET_NAMES.join(', ')}`)))
  .transform((list): readonly FacetName[] => [...new Set(list)]);

/** What `GET /api/v1/articles` may be asked. */
export const SearchQuery = z.strictObject({
  q: words(2_000).optional().meta({
    description:
      'words, "phrases", -not, or, prefix*, (brackets), and field:value for title, site, source, author, category, language',
  }),
  url: words(2_000).optional().meta({ description: 'any address of one article' }),
  title: words(2_000).optional().meta({ description: 'like q, within titles' }),
  site: words(300).optional().meta({ description: 'registrable domain, such as example.com' }),
  source: words(500).optional().meta({ description: 'id or name of a source' }),
  language: words(35).optional().meta({ description: 'BCP 47; en also finds en-GB' }),
  author: words(500).optional(),
  category: words(500).optional(),
  from: moment(toUtc).optional().meta({ description: 'published at this time or later' }),
  to: moment(toEnd).optional().meta({ description: 'before this time; a day is meant whole' }),
  sort: z
    .enum(['relevance', 'published', 'seen'], 'must be relevance, published or seen')
    .optional()
    .meta({ description: 'relevance where there are words, else published' }),
  limit,
  cursor: words(1_000).optional().meta({ description: 'next of the page before' }),
  fields: fields.optional().meta({ description: 'comma-separated; the id is always there' }),
  highlight: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((value) => value === 'true')
    .default(false),
  count: z.enum(['exact', 'capped', 'none'], 'must be exact, capped or none').default('none'),
  duplicates: z.enum(['show', 'hide'], 'must be show or hide').default('show').meta({
    description: 'hide leaves out copies of articles that were seen earlier, on whatever site',
  }),
  facets: facets.optional().meta({ description: `comma-separated: ${FACET_NAMES.join(', ')}` }),
  histogram: z
    .enum(HISTOGRAM_UNITS, `must be one of: ${HISTOGRAM_UNITS.join(', ')}`)
    .optional()
    .meta({ description: 'matches by time of publication, in UTC' }),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** Postgres reads no other years as they are written here, with a sign and six digits. */
function isStorable(instant: string): boolean {
  return /^\d{4}-/.test(instant) && !instant.startsWith('0000');
}

/** No zone means UTC. */
function toUtc(text: string): string {
  const hasZone = !text.includes('T') || /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  return new Date(hasZone ? text : `${text}Z`).toISOString();
}

/** The end is exclusive, so a day ends where the next one begins. */
function toEnd(text: string): string {
  if (text.includes('T')) return toUtc(text);
  return new Date(Math.min(Date.parse(text) + DAY_MS, END_OF_TIME_MS)).toISOString();
}
