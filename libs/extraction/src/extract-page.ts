import type { Extraction, PageOptions } from './extraction.ts';

export function extractPage(html: string, options: PageOptions): Extraction {
  return { kind: 'rejected', code: 'NOT_AN_ARTICLE', detail: `${html.length} ${options.url}` };
}
