import { describe, expect, it } from 'vitest';
import { decideExpired, sourceDaysSetting } from './retention-rules.ts';

const NOW = new Date('2026-05-31T00:00:00.000Z');

describe('the retention', () => {
  it('keeps everything where nothing is said', () => {
    expect(decideExpired({ days: null, daysBySource: new Map() }, NOW)).toEqual([]);
  });

  it('lets sources go by their own days alone, shorter, longer or for ever', () => {
    const daysBySource = new Map([
      ['short', 1],
      ['long', 60],
      ['kept', null],
    ]);
    expect(decideExpired({ days: 30, daysBySource }, NOW)).toEqual([
      {
        seenBefore: '2026-05-01T00:00:00.000Z',
        sources: null,
        otherThan: ['short', 'long', 'kept'],
      },
      { seenBefore: '2026-05-30T00:00:00.000Z', sources: ['short'], otherThan: [] },
      { seenBefore: '2026-04-01T00:00:00.000Z', sources: ['long'], otherThan: [] },
    ]);
  });
});

describe('the days by source', () => {
  const setting = sourceDaysSetting();

  it('are read with names as they are', () => {
    expect([...setting.parse(' The Example = 30 , a=b=7,Daily Other=0 ,')]).toEqual([
      ['The Example', 30],
      ['a=b', 7],
      ['Daily Other', null],
    ]);
    expect(setting.parse(undefined).size).toBe(0);
  });

  it.each(['30', '=30', 'a=', 'a=-1', 'a=1.5', 'a=99999', 'a=1e3'])('cannot be %j', (text) => {
    expect(setting.safeParse(text).success).toBe(false);
  });
});
