import { ArticleImage, ArticleSource, DatePrecision, FieldProvenance } from '@broadsheet/contracts';
import type { StoredArticle } from '@broadsheet/persistence';
import { z } from 'zod';

const time = z.iso.datetime();

/** An article as every route of the gateway answers it. */
export const ArticleView = z
  .strictObject({
    id: z.uuid(),
    url: z.string().nullable(),
    canonicalUrl: z.string().nullable(),
    site: z.string().nullable().meta({ description: 'registrable domain' }),
    source: ArticleSource.nullable(),
    title: z.string(),
    description: z.string().nullable(),
    dateline: z.string().nullable(),
    authors: z.array(z.string()),
    publishedAt: time.nullable(),
    publishedAtPrecision: DatePrecision.nullable(),
    publishedAtOffset: z.string().nullable().meta({ description: 'as the article writes it' }),
    modifiedAt: time.nullable(),
    language: z.string().nullable().meta({ description: 'BCP 47' }),
    text: z.string().meta({ description: 'paragraphs separated by a blank line' }),
    html: z.string().meta({ description: 'sanitised' }),
    image: ArticleImage.nullable(),
    section: z.string().nullable(),
    categories: z.array(z.string()),
    keywords: z.array(z.string()),
    wordCount: z.int(),
    paywalled: z.boolean(),
    truncated: z.boolean(),
    contentHash: z.string(),
    duplicateOf: z.uuid().nullable(),
    storyId: z.uuid().nullable(),
    revision: z.int().meta({ description: 'raised by a change of title or text' }),
    firstSeenAt: time,
    updatedAt: time,
    provenance: z
      .record(z.string(), FieldProvenance)
      .meta({ description: 'where each field came from, and what lost' }),
  })
  .meta({ id: 'Article' });
export type ArticleView = z.infer<typeof ArticleView>;

export const ARTICLE_FIELDS = ArticleView.keyof().options;
export type ArticleField = (typeof ARTICLE_FIELDS)[number];

/** Written out field by field: what the store adds must not reach an answer by itself. */
export function toArticleView(article: StoredArticle): ArticleView {
  return {
    id: article.id,
    url: article.url,
    canonicalUrl: article.canonicalUrl,
    site: article.site,
    source: article.source,
    title: article.title,
    description: article.description,
    dateline: article.dateline,
    authors: article.authors,
    publishedAt: article.publishedAt,
    publishedAtPrecision: article.publishedAtPrecision,
    publishedAtOffset: article.publishedAtOffset,
    modifiedAt: article.modifiedAt,
    language: article.language,
    text: article.text,
    html: article.html,
    image: article.image,
    section: article.section,
    categories: article.categories,
    keywords: article.keywords,
    wordCount: article.wordCount,
    paywalled: article.paywalled,
    truncated: article.truncated,
    contentHash: article.contentHash,
    duplicateOf: article.duplicateOf,
    storyId: article.storyId,
    revision: article.revision,
    firstSeenAt: article.firstSeenAt,
    updatedAt: article.updatedAt,
    provenance: article.provenance,
  };
}

/** The wanted fields in the order of the schema; the id is always among them. */
export function selectFields(
  article: ArticleView,
  fields: ReadonlySet<ArticleField> | null,
): Partial<ArticleView> {
  if (fields === null) return article;
  const entries = Object.entries(article).filter(
    ([name]) => name === 'id' || fields.has(name as ArticleField),
  );
  return Object.fromEntries(entries);
}
