import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideMove, type MoveNotice } from './moved-source.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 0, 15);
const URL_BEFORE = 'https://old.example/feed';
const TO = 'https://new.example/feed';

function stateAt(notice: MoveNotice | null = null, url = URL_BEFORE) {
  return { url, notice };
}

describe('decideMove', () => {
  it('adopts a permanent redirect when three polls over a day have said the same', () => {
    const redirects = [{ status: 301, to: TO }];
    const first = decideMove(stateAt(), redirects, NOW_MS);
    expect(first).toEqual({ kind: 'stay', notice: { to: TO, count: 1, sinceMs: NOW_MS } });
    const later = (count: number, ms: number) =>
      decideMove(stateAt({ to: TO, count, sinceMs: NOW_MS }), redirects, NOW_MS + ms);
    expect(later(2, DAY_MS / 2).kind).toBe('stay');
    expect(later(2, DAY_MS)).toEqual({ kind: 'move', to: TO });
    expect(later(1, 7 * DAY_MS)).toEqual({ kind: 'move', to: TO });
  });

  it('goes from http to https at once', () => {
    const redirects = [{ status: 308, to: 'https://old.example/feed' }];
    const decision = decideMove(stateAt(null, 'http://old.example/feed'), redirects, NOW_MS);
    expect(decision).toEqual({ kind: 'move', to: 'https://old.example/feed' });
  });

  it('begins to count again when the target changes or the redirect is gone', () => {
    const notice = { to: TO, count: 9, sinceMs: NOW_MS - DAY_MS };
    const elsewhere = [{ status: 301, to: 'https://third.example/feed' }];
    expect(decideMove(stateAt(notice), elsewhere, NOW_MS)).toMatchObject({ notice: { count: 1 } });
    expect(decideMove(stateAt(notice), [], NOW_MS)).toEqual({ kind: 'stay', notice: null });
  });

  it('follows a permanent redirect only up to the first temporary one', () => {
    const redirects = [
      { status: 301, to: TO },
      { status: 302, to: 'https://login.example/' },
    ];
    expect(decideMove(stateAt(), redirects, NOW_MS)).toMatchObject({ notice: { to: TO } });
  });

  it('never adopts what a temporary redirect says', () => {
    const temporary = fc.record({ status: fc.constantFrom(302, 303, 307), to: fc.webUrl() });
    const notice = fc.record({ to: fc.webUrl(), count: fc.nat(), sinceMs: fc.integer() });
    fc.assert(
      fc.property(fc.array(temporary), fc.option(notice), (redirects, before) => {
        const decision = decideMove(stateAt(before), redirects, NOW_MS);
        expect(decision).toEqual({ kind: 'stay', notice: null });
      }),
    );
  });
});
