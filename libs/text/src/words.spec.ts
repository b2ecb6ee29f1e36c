import { describe, expect, it } from 'vitest';
import { countWords, segmentForSearch } from './words.ts';

describe('countWords', () => {
  it.each([
    ['', 0],
    [' \n\n ', 0],
    ['Two words', 2],
    ['don’t re-elect 3.5 U.S. – and', 5],
    ['Кіт і пес', 3],
  ])('counts %j as %d', (text, words) => {
    expect(countWords(text, null)).toBe(words);
  });

  it('counts the words of scripts without spaces, also beyond its sample', () => {
    const sentence = '渡轮星期一回到了老港口';
    const words = countWords(sentence, 'zh');
    expect(words).toBeGreaterThan(3);
    expect(words).toBeLessThan(sentence.length);
    const many = countWords(`${sentence}。`.repeat(1_000), 'zh');
    expect(many / 1_000).toBeCloseTo(words, -0.5);
  });
});

describe('segmentForSearch', () => {
  it('leaves text with spaces as it is, Korean too', () => {
    for (const text of ['The ferry came back.', '여객선이 월요일에 돌아왔다', ''])
      expect(segmentForSearch(text, null)).toBe(text);
  });

  it('sets words of Chinese, Japanese and Thai apart and keeps the rest', () => {
    expect(segmentForSearch('港口 2024: 中国新闻', 'zh').split(' ')).toEqual(
      expect.arrayContaining(['港口', '2024:', '中国', '新闻']),
    );
    expect(segmentForSearch('船は港に戻った', 'ja').trim().split(' ')).toContain('港');
    expect(segmentForSearch('สวัสดีชาวโลก', 'th').trim().split(' ').length).toBeGreaterThan(1);
  });

  it('gives a query and a text the same words whatever language was told', () => {
    expect(segmentForSearch('中国新闻', 'en')).toBe(segmentForSearch('中国新闻', 'zh'));
  });

  it('leaves off where the work would get too much', () => {
    const segmented = segmentForSearch('中国新闻。'.repeat(20_000), 'zh');
    expect(segmented.startsWith(' 中国 新闻 ')).toBe(true);
    expect(segmented.endsWith('。中国新闻。')).toBe(true);
  });
});
