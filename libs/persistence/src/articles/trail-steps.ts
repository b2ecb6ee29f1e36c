import { trailEventId } from '@broadsheet/article';
import type { TrailEvent } from '@broadsheet/contracts';
import type { CopyDecision } from '../near-duplicates/copy-subject.ts';
import { causeOf } from './change-log.ts';
import type { ArticleArrival } from './article-arrival.ts';
import type { Merge, PlannedChange, WritePlan } from './write-plan.ts';

/** The steps that a batch adds to the trails of its articles. */
export function trailSteps({ changes, merges }: WritePlan, at: string): TrailEvent[] {
  return [
    ...changes.map((change) => indexedStep(change, at)),
    ...merges.map((merge) => duplicateStep(merge, at)),
  ];
}

function indexedStep(
  { articleId, kind, revision, arrival }: PlannedChange,
  at: string,
): TrailEvent {
  const subject = arrival.article.id;
  return {
    ...stepOf(arrival, at),
    id: trailEventId('indexed', causeOf(arrival)),
    subject,
    step: 'indexed',
    articleId: articleId === subject ? null : articleId,
    detail: { kind, revision },
  };
}

function duplicateStep({ articleId, duplicateOf, arrival }: Merge, at: string): TrailEvent {
  return {
    ...stepOf(arrival, at),
    id: trailEventId('duplicate-of', articleId, duplicateOf),
    subject: articleId,
    step: 'duplicate-of',
    articleId: duplicateOf,
    detail: {},
  };
}

/** Steps of articles whose text turned out to be a copy. */
export function copySteps(
  { articles }: WritePlan,
  decisions: readonly CopyDecision[],
  at: string,
): TrailEvent[] {
  const arrivals = new Map(articles.map(({ id, arrival }) => [id, arrival]));
  return decisions.flatMap(({ articleId, original }) => {
    const arrival = arrivals.get(articleId);
    if (original === null || !arrival) return [];
    const step: TrailEvent = {
      ...stepOf(arrival, at),
      id: trailEventId('copy-of', articleId, original.id, causeOf(arrival)),
      subject: articleId,
      step: 'duplicate-of',
      articleId: original.id,
      detail: { similarity: Math.round(original.similarity * 1_000) / 1_000 },
    };
    return [step];
  });
}

function stepOf({ article }: ArticleArrival, at: string) {
  const { topic, partition, offset } = article.causedBy;
  return {
    service: 'indexer',
    at,
    url: article.url,
    record: `${topic}/${String(partition)}/${offset}`,
    code: null,
  } as const;
}
