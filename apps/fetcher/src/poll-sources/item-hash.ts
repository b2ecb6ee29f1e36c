import { createHash } from 'node:crypto';
import type { FoundPage } from './found-pages.ts';

function lineOf({ addressId, publishedAtMs, hints }: FoundPage): string {
  return JSON.stringify([addressId, publishedAtMs, hints['title'] ?? null]);
}

/**
 * Equal for documents that name the same pages under the same titles and dates, in whatever order: feeds are
 * written anew with the time of day in them, or with another advert.
 */
export function hashItems(pages: readonly FoundPage[]): string {
  const lines = pages.map(lineOf).toSorted();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
