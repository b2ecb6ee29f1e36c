import type { FetchOutcome, FetchRequest } from '@broadsheet/http-client';
import type { StoredRobots } from '@broadsheet/persistence';
import { describe, expect, it } from 'vitest';
import { fetched, NEVER, NOW_MS } from '../testing/fakes.ts';
import { RobotsGate } from './robots-gate.ts';

const ORIGIN = 'https://news.example';
const FILE =
  'User-agent: *\nDisallow: /private\nCrawl-delay: 30\nSitemap: https://news.example/s.xml\n';
const HOUR_MS = 3_600_000;

function failed(code: 'HTTP_STATUS' | 'TIMED_OUT', status: number | null): FetchOutcome {
  const url = `${ORIGIN}/robots.txt`;
  return { kind: 'failed', code, retry: 'later', detail: 'why', url, status, headers: {} };
}

class FakeStore {
  readonly rows = new Map<string, StoredRobots>();
  finds = 0;

  find(origin: string): Promise<StoredRobots | null> {
    this.finds += 1;
    return Promise.resolve(this.rows.get(origin) ?? null);
  }

  save(origin: string, robots: StoredRobots): Promise<void> {
    this.rows.set(origin, robots);
    return Promise.resolve();
  }
}

function gateFor(outcome: FetchOutcome, store = new FakeStore()) {
  const clock = { nowMs: NOW_MS };
  const requests: FetchRequest[] = [];
  const fetch = (request: FetchRequest) => {
    requests.push(request);
    return Promise.resolve(outcome);
  };
  const gate = new RobotsGate({ fetch }, store, {
    nowMs: () => clock.nowMs,
    hostDelayMs: 5_000,
    timeoutMs: 1_000,
  });
  return { gate, store, requests, clock };
}

describe('the robots gate', () => {
  it('asks once for the file of an origin and obeys it', async () => {
    const { gate, requests, store } = gateFor(fetched(FILE));
    expect(await gate.judge(`${ORIGIN}/one`)).toBeNull();
    expect(await gate.ask(`${ORIGIN}/one`, NEVER)).toBe(30_000);
    expect(requests).toMatchObject([
      { url: `${ORIGIN}/robots.txt`, maxRedirects: 5, cutsOff: true },
    ]);
    expect(await gate.judge(`${ORIGIN}/one`)).toEqual({
      refusal: null,
      pauseMs: 30_000,
      sitemaps: ['https://news.example/s.xml'],
    });
    const finds = store.finds;
    expect(await gate.judge(`${ORIGIN}/private/x`)).toMatchObject({
      refusal: { code: 'ROBOTS_DENIED', retry: 'never' },
    });
    expect(store.finds).toBe(finds);
  });

  it('asks again after 24 hours, and knows what another fetcher has asked', async () => {
    const { gate, store, clock } = gateFor(fetched(FILE));
    await gate.ask(ORIGIN, NEVER);
    const other = gateFor(fetched(''), store);
    expect(await other.gate.judge(`${ORIGIN}/private`)).toMatchObject({
      refusal: { code: 'ROBOTS_DENIED' },
    });
    clock.nowMs += 24 * HOUR_MS;
    expect(await gate.judge(`${ORIGIN}/one`)).toBeNull();
  });

  it.each([
    [failed('HTTP_STATUS', 404), null],
    [failed('HTTP_STATUS', 403), null],
    [{ kind: 'refused', code: 'ADDRESS_REFUSED', detail: 'd', url: ORIGIN } as const, null],
    [failed('HTTP_STATUS', 503), 'ROBOTS_UNREACHABLE'],
    [failed('TIMED_OUT', null), 'TIMED_OUT'],
  ])('makes of %j: %s', async (outcome, code) => {
    const { gate } = gateFor(outcome);
    await gate.ask(ORIGIN, NEVER);
    const judgement = await gate.judge(`${ORIGIN}/one`);
    expect(judgement?.refusal?.code ?? null).toBe(code);
    if (code !== null) expect(judgement?.refusal?.retry).toBe('later');
  });
});
