import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAdmission, type NewItem, type SourceView } from './item-admission.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 0, 15);

const feed: SourceView = { kind: 'feed', isFirstReading: false, ownSiteItems: 10, items: 10 };

function item(ageDays: number | null, isOwnSite = true): NewItem {
  return { publishedAtMs: ageDays === null ? null : NOW_MS - ageDays * DAY_MS, isOwnSite };
}

function repeat(count: number, one: NewItem): NewItem[] {
  return Array.from({ length: count }, () => one);
}

describe('decideAdmission', () => {
  it('admits what is new, however old a feed says it is', () => {
    expect(decideAdmission([item(0), item(400), item(null)], feed, NOW_MS)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('keeps an archive that is put into a feed at once out, but not the news in it', () => {
    const verdicts = decideAdmission([item(0), ...repeat(60, item(400))], feed, NOW_MS);
    expect(verdicts[0]).toBeNull();
    expect(new Set(verdicts.slice(1))).toEqual(new Set(['ARCHIVE_REPLAY']));
  });

  it('takes the first reading of a feed for what it is, not for a replay', () => {
    const view = { ...feed, isFirstReading: true };
    expect(decideAdmission(repeat(60, item(400)), view, NOW_MS)).not.toContain('ARCHIVE_REPLAY');
  });

  it('keeps adverts out of a feed that stays at home', () => {
    const view = { ...feed, ownSiteItems: 9, items: 10 };
    expect(decideAdmission([item(0), item(0, false)], view, NOW_MS)).toEqual([
      null,
      'FOREIGN_LINK',
    ]);
  });

  it('lets a list of links to other sites be one', () => {
    const view = { ...feed, ownSiteItems: 2, items: 10 };
    expect(decideAdmission([item(0, false), item(0)], view, NOW_MS)).toEqual([null, null]);
  });

  it('takes the last three days of a sitemap', () => {
    const view: SourceView = { ...feed, kind: 'sitemap', isFirstReading: true };
    expect(decideAdmission([item(1), item(4), item(null)], view, NOW_MS)).toEqual([
      null,
      'TOO_OLD',
      null,
    ]);
  });

  it('gives one verdict for each item and admits at most 500, whatever it is told', () => {
    const anyItem = fc.record({
      publishedAtMs: fc.option(fc.oneof(fc.double(), fc.integer())),
      isOwnSite: fc.boolean(),
    });
    const anyView = fc.record({
      kind: fc.constantFrom('feed' as const, 'sitemap' as const),
      isFirstReading: fc.boolean(),
      ownSiteItems: fc.nat(),
      items: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 700 }), anyView, (items, view) => {
        const verdicts = decideAdmission(items, view, NOW_MS);
        expect(verdicts).toHaveLength(items.length);
        expect(verdicts.filter((verdict) => verdict === null).length).toBeLessThanOrEqual(500);
      }),
    );
  });
});
