import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStory, type StoryCandidate } from './decide-story.ts';
import { storyTerms } from './story-terms.ts';

const FUNCTION_WORDS = 'the of and to in a is was on for after';

function termsOf(title: string, text: string): number[] {
  const { title: inTitle, names } = storyTerms({ title, text }, FUNCTION_WORDS);
  return [...inTitle, ...names];
}

function decide(
  terms: readonly number[],
  candidates: readonly StoryCandidate[],
  common: number[] = [],
) {
  const frequency = new Map([
    ...terms.map((term) => [term, 2] as const),
    ...common.map((term) => [term, 900] as const),
  ]);
  return decideStory({ terms, frequency, articles: 1_000 }, candidates);
}

function candidate(storyId: string, terms: readonly number[], number = 1): StoryCandidate {
  return { storyId, number, terms: new Set(terms) };
}

describe('the terms of a story', () => {
  it('are the words of the title and the names of the opening, without function words and numbers', () => {
    const terms = storyTerms(
      {
        title: 'The Flood of 2026 in Harbourtown',
        text: 'On Monday the mayor Grace Hooper was in Harbourtown. Grace Hooper spoke.',
      },
      FUNCTION_WORDS,
    );
    expect(terms.title).toHaveLength(2);
    expect(terms.names).toHaveLength(3);
  });

  it('are pairs of letters in scripts without spaces', () => {
    expect(storyTerms({ title: '北京大雨', text: '' }, '').title).toHaveLength(3);
  });

  it('are few, whatever the article holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', maxLength: 2_000 }),
        (title, text) => {
          expect(termsOf(title, text).length).toBeLessThanOrEqual(18);
        },
      ),
    );
  });
});

describe('an article', () => {
  const quake = termsOf(
    'Earthquake shakes Ridgeville, school collapses',
    'The mayor Grace Hooper of Ridgeville said that Ada Byron was safe.',
  );
  const report = termsOf(
    'School collapses as earthquake hits Ridgeville',
    'In Ridgeville, Grace Hooper thanked the helpers of Ada Byron.',
  );
  const other = termsOf(
    'Parliament votes on budget after long debate',
    'The minister Alan Kay spoke of the budget.',
  );

  it('belongs to the story of another report of its event', () => {
    expect(decide(report, [candidate('s1', quake), candidate('s2', other)])).toEqual({
      storyId: 's1',
      merged: [],
    });
  });

  it('has a story of its own where it shares no rare terms', () => {
    expect(decide(quake, [candidate('s2', other)])).toEqual({ storyId: null, merged: [] });
    expect(decide(report, [candidate('s1', quake)], report)).toMatchObject({ storyId: null });
    expect(decide(quake, [])).toEqual({ storyId: null, merged: [] });
  });

  it('joins two stories that are one, always into the earlier', () => {
    const candidates = [candidate('s9', quake, 7), candidate('s3', quake, 4)];
    expect(decide(quake, candidates)).toEqual({ storyId: 's3', merged: ['s9'] });
    expect(decide(quake, candidates.toReversed())).toEqual({ storyId: 's3', merged: ['s9'] });
  });

  it('does not join a story of which it resembles but one article', () => {
    const strangers = Array.from({ length: 5 }, () => candidate('s1', other));
    expect(decide(report, [candidate('s1', quake), ...strangers])).toMatchObject({ storyId: null });
  });

  it('never names a story that was not among the candidates, nor one twice', () => {
    const term = fc.integer({ min: 0, max: 12 });
    const list = fc.uniqueArray(term, { maxLength: 12 });
    const candidates = fc.array(
      fc.record({ storyId: fc.constantFrom('a', 'b', 'c'), terms: list }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(list, candidates, (terms, given) => {
        const { storyId, merged } = decide(
          terms,
          given.map((one) => candidate(one.storyId, one.terms)),
        );
        const named = [storyId, ...merged].filter((id) => id !== null);
        expect(new Set(named).size).toBe(named.length);
        for (const id of named) expect(given.map((one) => one.storyId)).toContain(id);
      }),
    );
  });
});
