import { describe, expect, it } from 'vitest';
import { EVERY_ARTICLE, nearestOf, type Newcomer, StoryPlacement } from './place-newcomers.ts';

const at = new Date('2026-03-01T00:00:00Z');

function newcomer(id: string, terms: readonly number[], given: Partial<Newcomer> = {}): Newcomer {
  return { id, at, terms, original: null, storyOfOriginal: null, ...given };
}

function placed(...newcomers: readonly Newcomer[]): string[] {
  const placement = new StoryPlacement(new Map());
  for (const one of newcomers) placement.place(one, []);
  return placement.result().members.map(({ storyId }) => storyId);
}

describe('newcomers of one batch', () => {
  it('meet one another', () => {
    const stories = placed(
      newcomer('a', [1, 2, 3, 4]),
      newcomer('b', [8, 9]),
      newcomer('c', [1, 2, 3, 4]),
    );
    expect(stories).toEqual(['a', 'b', 'a']);
  });

  it('do not meet across weeks', () => {
    const later = new Date('2026-04-01T00:00:00Z');
    const stories = placed(newcomer('a', [1, 2, 3, 4]), newcomer('b', [1, 2, 3, 4], { at: later }));
    expect(stories).toEqual(['a', 'b']);
  });

  it('go where their originals are', () => {
    const stories = placed(
      newcomer('a', [1, 2, 3, 4]),
      newcomer('b', [], { original: 'a' }),
      newcomer('c', [], { original: 'x', storyOfOriginal: 's' }),
      newcomer('d', [], { original: 'gone' }),
    );
    expect(stories).toEqual(['a', 'a', 's', 'd']);
  });
});

describe('the nearest articles', () => {
  it('share two terms at least, and what is in every article is no term', () => {
    const related = [
      { term: EVERY_ARTICLE, numbers: [1, 2, 3], hours: 1 },
      { term: 5, numbers: [1, 2], hours: 1 },
      { term: 6, numbers: [2], hours: 0 },
    ];
    expect(nearestOf(related)).toEqual([2]);
  });

  it('are few, whatever is shared', () => {
    const numbers = Array.from({ length: 400 }, (_, n) => n);
    expect(nearestOf([5, 6].map((term) => ({ term, numbers, hours: 1 })))).toHaveLength(24);
  });
});
