import { z } from 'zod';
import { ArticleSource } from './article-source.ts';

/** Which parser rules made a record; raised whenever a re-parse would give other fields. */
export const PARSER_GENERATION = 2;

/** The coordinates of a record on a topic. The offset is a decimal string: it may exceed 2^53. */
export const RecordCoordinates = z
  .object({
    topic: z.string().min(1),
    partition: z.int().nonnegative(),
    offset: z.string().regex(/^\d{1,19}$/),
  })
  .meta({ id: 'RecordCoordinates' });
export type RecordCoordinates = z.infer<typeof RecordCoordinates>;

/** Orders the arrivals of one article; compared as a row, in this order of fields. */
export const ArticleVersion = z
  .object({
    fetchedAt: z.iso.datetime(),
    appendedAt: z.iso.datetime(),
    parserGeneration: z.int().positive(),
  })
  .meta({ id: 'ArticleVersion' });
export type ArticleVersion = z.infer<typeof ArticleVersion>;

export const DatePrecision = z.enum(['day', 'minute', 'second']);
export type DatePrecision = z.infer<typeof DatePrecision>;

const FieldOrigin = z.enum(['json-ld', 'meta', 'microdata', 'hints', 'visible', 'url', 'detected']);

/** Where a field's value came from, and the values that lost. */
export const FieldProvenance = z
  .object({
    from: FieldOrigin,
    rivals: z.array(z.object({ from: FieldOrigin, value: z.string().max(500) })).max(10),
  })
  .meta({ id: 'FieldProvenance' });
export type FieldProvenance = z.infer<typeof FieldProvenance>;

/** An address under which the article was seen, with the id made from it. */
const ArticleAddress = z
  .object({ addressId: z.uuid(), url: z.string() })
  .meta({ id: 'ArticleAddress' });

export const ArticleImage = z
  .object({
    url: z.string(),
    width: z.int().positive().optional(),
    height: z.int().positive().optional(),
    alt: z.string().optional(),
  })
  .meta({ id: 'ArticleImage' });
export type ArticleImage = z.infer<typeof ArticleImage>;

/** One normalised article, as the parser publishes it on articles.parsed under the article's id. */
export const ParsedArticle = z
  .object({
    id: z.uuid(),
    /** Every address seen with this article (pushed, canonical); empty where none is known. */
    addresses: z.array(ArticleAddress).max(10),
    url: z.string().nullable(),
    canonicalUrl: z.string().nullable(),
    site: z.string().nullable(),
    source: ArticleSource.nullable(),
    title: z.string(),
    description: z.string().nullable(),
    dateline: z.string().nullable(),
    authors: z.array(z.string()),
    publishedAt: z.iso.datetime().nullable(),
    publishedAtPrecision: DatePrecision.nullable(),
    publishedAtOffset: z.string().nullable(),
    modifiedAt: z.iso.datetime().nullable(),
    language: z.string().nullable(),
    text: z.string(),
    html: z.string(),
    image: ArticleImage.nullable(),
    section: z.string().nullable(),
    categories: z.array(z.string()),
    keywords: z.array(z.string()),
    wordCount: z.int().nonnegative(),
    paywalled: z.boolean(),
    truncated: z.boolean(),
    /** sha256 in hex over title and text; see libs/article. */
    contentHash: z.string().regex(/^[0-9a-f]{64}$/),
    provenance: z.record(z.string(), FieldProvenance),
    version: ArticleVersion,
    /** The record on articles.raw that caused this arrival. */
    causedBy: RecordCoordinates,
  })
  .meta({ id: 'ParsedArticle' });
export type ParsedArticle = z.infer<typeof ParsedArticle>;
