import { describe, expect, it } from 'vitest';
import { findSitemaps } from './found-sitemaps.ts';

const NOW_MS = Date.UTC(2026, 0, 15);
const HOUR_MS = 3_600_000;
const POSITION = { sourceId: 's', depth: 1 };

function reference(name: string, ageHours: number | null) {
  const at = ageHours === null ? null : new Date(NOW_MS - ageHours * HOUR_MS).toISOString();
  return { url: `https://news.example/${name}.xml`, modifiedAt: at };
}

describe('findSitemaps', () => {
  it('takes those that changed in the last three days, the newest first, each once', () => {
    const list = [reference('old', 100), reference('b', 50), reference('a', 1), reference('a', 2)];
    const found = findSitemaps(list, POSITION, NOW_MS);
    expect(found.map(({ url }) => url)).toEqual([
      'https://news.example/a.xml',
      'https://news.example/b.xml',
    ]);
    expect(found[0]).toMatchObject({ sourceId: 's', hints: { depth: 1 } });
  });

  it('takes at most fifty, also where nothing says when it changed', () => {
    const list = Array.from({ length: 200 }, (_, number) => reference(String(number), null));
    expect(findSitemaps(list, POSITION, NOW_MS)).toHaveLength(50);
  });
});
