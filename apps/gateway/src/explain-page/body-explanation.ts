import type { BodyReport } from '@broadsheet/extraction';
import { z } from 'zod';

const Container = z.strictObject({
  path: z.string().meta({ description: 'the last elements on the way to it' }),
  score: z.number(),
  length: z.number().meta({ description: 'characters of its text' }),
  goodLength: z.number().meta({ description: 'characters of its paragraphs with few links' }),
});

/** How the text of a page was found. */
export const BodyExplanation = z.strictObject({
  container: Container.meta({ description: 'the element that was taken for the article' }),
  rivals: z.array(Container).meta({ description: 'the best of the others, best first' }),
  pruning: z.enum(['strong', 'weak', 'boxes-only', 'tags-only']),
  leftOut: z
    .array(
      z.strictObject({
        rule: z.string().meta({ description: 'why' }),
        element: z
          .string()
          .nullable()
          .meta({ description: 'what was pruned; null for a single line' }),
        length: z.number(),
        excerpt: z.string().meta({ description: 'its first 80 characters' }),
      }),
    )
    .meta({ description: 'what of the container is not in the article; the first 100' }),
  leftOutCount: z.number(),
});
export type BodyExplanation = z.infer<typeof BodyExplanation>;

const PRUNING = { 2: 'strong', 1: 'weak', 0: 'boxes-only', [-1]: 'tags-only' } as const;

export function explainBody({ rivals, leftOut, strength, ...report }: BodyReport): BodyExplanation {
  return { ...report, rivals: [...rivals], pruning: PRUNING[strength], leftOut: [...leftOut] };
}
