import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressAfterFailure, decideSearch, type FeedSearch } from './feed-search.ts';
import { readPollMemory } from './poll-memory.ts';

const NEW = { memory: {}, selector: null };

const HOME = 'https://news.example/';
const FEED = 'https://news.example/feed.xml';

function search(parts: Partial<FeedSearch> & { memory?: FeedSearch['memory'] } = {}): FeedSearch {
  const memory = readPollMemory(NEW);
  return { url: HOME, ownerUrl: HOME, sitemaps: [], memory, consecutiveFailures: 0, ...parts };
}

describe('the search for a feed', () => {
  it('tries what the page names, in its order', () => {
    expect(decideSearch(search(), [FEED, 'https://news.example/b'])).toEqual({
      kind: 'try',
      url: FEED,
      candidates: ['https://news.example/b'],
    });
  });

  it('else tries the sitemaps of robots.txt and then the usual places', () => {
    const sitemaps = ['https://news.example/news.xml'];
    const decision = decideSearch(search({ sitemaps }), []);
    expect(decision).toMatchObject({ kind: 'try', url: sitemaps[0] });
    expect(decision.kind === 'try' && decision.candidates).toContain('https://news.example/feed');
  });

  it('goes on to the next candidate, and ends when none is left', () => {
    const searching = (candidates: string[]) =>
      search({ url: FEED, memory: { ...readPollMemory(NEW), isSearching: true, candidates } });
    expect(decideSearch(searching([HOME]), null)).toEqual({
      kind: 'try',
      url: HOME,
      candidates: [],
    });
    expect(decideSearch(searching([]), null)).toEqual({ kind: 'none', hasSearched: true });
  });

  it('does not leave a feed that has worked for a page that may be an error', () => {
    const memory = { ...readPollMemory(NEW), wholeAtMs: 1 };
    const worked = (consecutiveFailures: number) =>
      decideSearch(search({ memory, consecutiveFailures }), [FEED]).kind;
    expect([worked(0), worked(2), worked(3)]).toEqual(['none', 'none', 'try']);
  });

  it('goes back to the owner when a feed that was found is lost', () => {
    const found = (consecutiveFailures: number) =>
      addressAfterFailure(search({ url: FEED, consecutiveFailures }));
    expect([found(2), found(3)]).toEqual([FEED, HOME]);
  });

  it('ends, whatever the pages say', () => {
    const address = fc.nat(60).map((number) => `https://news.example/${number}`);
    fc.assert(
      fc.property(fc.array(fc.option(fc.array(address)), { minLength: 40 }), (pages) => {
        let state = search();
        const steps = pages.findIndex((feedUrls) => {
          const decision = decideSearch(state, feedUrls);
          if (decision.kind === 'none') return true;
          const candidates = [...decision.candidates];
          const memory = { ...state.memory, isSearching: true, candidates };
          state = search({ url: decision.url, memory });
          return false;
        });
        expect(steps).toBeGreaterThanOrEqual(0);
        expect(steps).toBeLessThanOrEqual(21);
      }),
    );
  });
});
