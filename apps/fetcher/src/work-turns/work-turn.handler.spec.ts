import { describe, expect, it } from 'vitest';
import {
  ROBOTS_DENIED,
  robotsUnreachable,
  type RobotsRefusal,
} from '../obey-robots/robots-refusal.ts';
import { duePage, duePoll, Effects, LEASE, NEVER, NOW_MS } from '../testing/fakes.ts';
import type { HostTurn } from './surroundings.ts';
import { type RobotsAdvice, WorkTurnHandler } from './work-turn.handler.ts';

const { host, leaseUntil } = LEASE;
const TURN = { host, leaseUntil, redirects: [] };
const POLL = { ...TURN, kind: 'poll' as const, poll: duePoll() };

function handlerFor(judgement: { refusal?: RobotsRefusal; pauseMs?: number } | null) {
  const effects = new Effects();
  const work: string[] = [];
  const turns: HostTurn[] = [];
  const worker = (name: string) => ({
    handle: (turn: HostTurn) => {
      turns.push(turn);
      work.push(`${name} with a pause of ${turn.pauseMs}`);
      return Promise.resolve();
    },
    refuse: (turn: { pauseMs: number }, _task: unknown, refusal: RobotsRefusal) => {
      work.push(`${name} ${refusal.code}, a pause of ${turn.pauseMs}`);
      return Promise.resolve();
    },
  });
  const robots: RobotsAdvice = {
    judge: () =>
      Promise.resolve(judgement && { refusal: null, pauseMs: 5_000, sitemaps: [], ...judgement }),
    ask: (url: string) => {
      work.push(`ask for the robots.txt of ${url}`);
      return Promise.resolve(9_000);
    },
  };
  const workers = { polls: worker('poll'), pages: worker('page'), sitemaps: worker('sitemap') };
  const handler = new WorkTurnHandler(robots, workers, effects.journal, () => NOW_MS);
  return { handler, work, turns, robots, effects };
}

describe('the turn of a host', () => {
  it('goes to its robots.txt where that is not known, and the work waits for the next', async () => {
    const { handler, work, effects } = handlerFor(null);
    await handler.handle(POLL, NEVER);
    expect(work).toEqual(['ask for the robots.txt of https://news.example/feed']);
    expect(effects.log).toEqual(['end turn 9']);
  });

  it('leaves the host alone for as long as it asks', async () => {
    const { handler, work } = handlerFor({ pauseMs: 20_000 });
    await handler.handle(POLL, NEVER);
    await handler.handle({ ...TURN, kind: 'page', page: duePage() }, NEVER);
    await handler.handle({ ...TURN, kind: 'page', page: duePage({ kind: 'sitemap' }) }, NEVER);
    expect(work).toEqual([
      'poll with a pause of 20000',
      'page with a pause of 20000',
      'sitemap with a pause of 20000',
    ]);
  });

  it('makes no request that robots.txt forbids, and no pause for it', async () => {
    const { handler, work } = handlerFor({ refusal: ROBOTS_DENIED });
    await handler.handle(POLL, NEVER);
    expect(work).toEqual(['poll ROBOTS_DENIED, a pause of 0']);
  });

  it('drops a page whose source was deleted without a request or a pause', async () => {
    const { handler, work, effects } = handlerFor({});
    await handler.handle({ ...TURN, kind: 'page', page: duePage({ source: null }) }, NEVER);
    expect(work).toEqual([]);
    expect(effects.ends).toMatchObject([
      { record: { kind: 'given-up', code: 'SOURCE_REMOVED' }, freeAt: new Date(NOW_MS) },
    ]);
  });

  it('asks for the robots.txt of the address that a redirect led to', async () => {
    const { handler, work } = handlerFor(null);
    const redirects = [
      { status: 302, to: 'https://other.example/a' },
      { status: 301, to: 'https://third.example/b' },
    ];
    await handler.handle({ ...POLL, redirects }, NEVER);
    expect(work).toEqual(['ask for the robots.txt of https://third.example/b']);
  });

  it('begins at the address of the work itself where its redirects cannot be read', async () => {
    const { handler, turns } = handlerFor({});
    await handler.handle({ ...POLL, redirects: [{ status: 'moved' }] }, NEVER);
    expect(turns).toMatchObject([{ followed: [] }]);
  });

  it('is not used for other hosts, nor for what robots.txt forbids or was not asked about', async () => {
    const { handler, turns, robots } = handlerFor({});
    await handler.handle(POLL, NEVER);
    const { mayFollow } = turns[0]!;
    expect(await mayFollow('https://news.example/two')).toBe(true);
    expect(await mayFollow('https://www.news.example/two')).toBe(false);
    expect(await mayFollow('https://news.example:8443/two')).toBe(false);
    robots.judge = () => Promise.resolve(null);
    expect(await mayFollow('https://news.example/two')).toBe(false);
    for (const refusal of [ROBOTS_DENIED, robotsUnreachable(null)]) {
      robots.judge = () => Promise.resolve({ refusal, pauseMs: 0, sitemaps: [] });
      expect(await mayFollow('https://news.example/two')).toBe(false);
    }
  });
});
