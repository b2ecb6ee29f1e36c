import { z } from 'zod';
import { SearchQuery } from '../search-articles/search-query.ts';

const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const ExportFilters = SearchQuery.pick({
  q: true,
  url: true,
  title: true,
  site: true,
  source: true,
  language: true,
  author: true,
  category: true,
  from: true,
  to: true,
  duplicates: true,
});

/** What an export may be asked: all matches of a search, in one order. */
export const ExportQuery = ExportFilters.extend({
  format: z.enum(EXPORT_FORMATS, 'must be ndjson or csv').default('ndjson'),
});
export type ExportQuery = z.infer<typeof ExportQuery>;
