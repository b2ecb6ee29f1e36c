import type { ArticleVersion } from '@broadsheet/contracts';
import type { BulkColumn } from '../database/bulk-statement.ts';
import { storable, storableArray, storableJson } from '../database/storable-values.ts';
import type { ArticleContent } from './stored-article.ts';

export interface ContentRow {
  readonly content: ArticleContent;
  readonly version: ArticleVersion;
}

type TextField = {
  [Field in keyof ArticleContent]: ArticleContent[Field] extends string | null ? Field : never;
}[keyof ArticleContent];

function text(name: string, field: TextField): BulkColumn<ContentRow> {
  return { name, sentAs: 'text', value: ({ content }) => storable(content[field]) };
}

function time(name: string, field: 'publishedAt' | 'modifiedAt'): BulkColumn<ContentRow> {
  return { name, sentAs: 'timestamptz', value: ({ content }) => content[field] };
}

function json(name: 'source' | 'image' | 'provenance'): BulkColumn<ContentRow> {
  return { name, sentAs: 'jsonb', value: ({ content }) => storableJson(content[name]) };
}

function list(name: 'authors' | 'categories' | 'keywords'): BulkColumn<ContentRow> {
  return {
    name,
    sentAs: 'text',
    storedAs: 'text[]',
    value: ({ content }) => storableArray(content[name]),
  };
}

/** The columns that article and article_revision share. */
export const CONTENT_COLUMNS: readonly BulkColumn<ContentRow>[] = [
  text('url', 'url'),
  text('canonical_url', 'canonicalUrl'),
  text('site', 'site'),
  json('source'),
  text('title', 'title'),
  text('description', 'description'),
  text('dateline', 'dateline'),
  list('authors'),
  time('published_at', 'publishedAt'),
  text('published_at_precision', 'publishedAtPrecision'),
  text('published_at_offset', 'publishedAtOffset'),
  time('modified_at', 'modifiedAt'),
  text('language', 'language'),
  text('text', 'text'),
  text('html', 'html'),
  json('image'),
  text('section', 'section'),
  list('categories'),
  list('keywords'),
  { name: 'word_count', sentAs: 'integer', value: ({ content }) => content.wordCount },
  { name: 'paywalled', sentAs: 'boolean', value: ({ content }) => content.paywalled },
  { name: 'truncated', sentAs: 'boolean', value: ({ content }) => content.truncated },
  text('content_hash', 'contentHash'),
  json('provenance'),
  { name: 'fetched_at', sentAs: 'timestamptz', value: ({ version }) => version.fetchedAt },
  { name: 'appended_at', sentAs: 'timestamptz', value: ({ version }) => version.appendedAt },
  {
    name: 'parser_generation',
    sentAs: 'integer',
    value: ({ version }) => version.parserGeneration,
  },
];
