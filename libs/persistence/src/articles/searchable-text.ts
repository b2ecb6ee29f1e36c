import { toStorableText } from '@broadsheet/text';
import type { ArticleArrival } from './article-arrival.ts';
import { plainForms } from './plain-forms.ts';

/** Most that is put into one search vector; Postgres ends at 1 MiB of lexemes and positions. */
const MAX_SEARCHABLE_BYTES = 256 * 1024;
/** The opening of a news text says most, so its words weigh more than those below. */
const LEAD_CHARACTERS = 2_000;

/** What the vector is computed from; null means: the same as the stored column, so it is not sent twice. */
export interface SearchableText {
  readonly title: string | null;
  readonly description: string | null;
  readonly body: string | null;
  /** Length of the opening in characters as Postgres counts them, which are code points. */
  readonly leadLength: number;
}

export function searchableText({ article, search }: ArticleArrival): SearchableText {
  const body = toStorableText(withinBytes(search.body, MAX_SEARCHABLE_BYTES));
  const indexed = {
    title: toStorableText(search.title),
    description: toStorableText(withinBytes(search.description, MAX_SEARCHABLE_BYTES / 8)),
    body,
  };
  return {
    title: unlessStored(withPlainForms(indexed.title), article.title),
    description: unlessStored(withPlainForms(indexed.description), article.description ?? ''),
    body: unlessStored(withPlainForms(indexed.body), article.text),
    leadLength: leadLength(body),
  };
}

function withPlainForms(text: string): string {
  const forms = plainForms(text);
  return forms === '' ? text : `${text}\n${forms}`;
}

function unlessStored(text: string, stored: string): string | null {
  return text === stored ? null : text;
}

function withinBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

function leadLength(body: string): number {
  const lead = body.slice(0, LEAD_CHARACTERS);
  const lastBlank = Math.max(lead.lastIndexOf(' '), lead.lastIndexOf('\n'));
  const end = body.length <= LEAD_CHARACTERS || lastBlank < 0 ? lead.length : lastBlank;
  return Array.from(body.slice(0, end)).length;
}
