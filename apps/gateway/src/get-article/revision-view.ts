import type { ArticleRevision, RevisionSummary } from '@broadsheet/persistence';
import { z } from 'zod';
import { ArticleView } from '../search-articles/article-view.ts';

export const RevisionSummaryView = z
  .strictObject({
    articleId: z.uuid(),
    revision: z.int(),
    title: z.string(),
    contentHash: z.string(),
    wordCount: z.int(),
    createdAt: z.iso.datetime(),
    supersededAt: z.iso.datetime().nullable().meta({ description: 'null for the current one' }),
  })
  .meta({ id: 'RevisionSummary' });
export type RevisionSummaryView = z.infer<typeof RevisionSummaryView>;

/** An article as it was; its place in the store is that of the article. */
export const RevisionView = ArticleView.omit({
  id: true,
  duplicateOf: true,
  storyId: true,
  firstSeenAt: true,
  updatedAt: true,
})
  .extend({
    articleId: z.uuid(),
    createdAt: z.iso.datetime(),
    supersededAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ArticleRevision' });
export type RevisionView = z.infer<typeof RevisionView>;

export function toRevisionSummaryView(summary: RevisionSummary): RevisionSummaryView {
  const { articleId, revision, title, contentHash, wordCount, createdAt, supersededAt } = summary;
  return { articleId, revision, title, contentHash, wordCount, createdAt, supersededAt };
}

export function toRevisionView(revision: ArticleRevision): RevisionView {
  const { version: _version, ...shown } = revision;
  return RevisionView.parse(shown);
}
