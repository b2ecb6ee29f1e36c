import type { FetchRequest, MayFollow } from '@broadsheet/http-client';
import type { HostLease, OnwardRecord } from '@broadsheet/persistence';
import { describe, expect, it } from 'vitest';
import { fetched, LEASE, NOW_MS, SURROUNDINGS } from '../testing/fakes.ts';
import { TurnFetcher } from './turn-fetcher.ts';

type Outcome = Awaited<ReturnType<ConstructorParameters<typeof TurnFetcher>[0]['fetch']>>;

const REQUEST = {
  work: 'page' as const,
  id: 'p',
  url: 'https://news.example/one',
  accept: 'text/html',
  maxBodyBytes: 1,
};
const BEFORE = [{ status: 301, to: 'https://news.example/two' }];

function fetcherFor(outcome: Outcome) {
  const asked: { readonly request: FetchRequest; readonly mayFollow: MayFollow }[] = [];
  const sent: { readonly onward: OnwardRecord; readonly freeAt: Date }[] = [];
  const client = {
    fetch: (request: FetchRequest, mayFollow: MayFollow) => {
      asked.push({ request, mayFollow });
      return Promise.resolve(outcome);
    },
  };
  const journal = {
    sendOn: (_lease: HostLease, onward: OnwardRecord, freeAt: Date) => {
      sent.push({ onward, freeAt });
      return Promise.resolve();
    },
  };
  return { fetcher: new TurnFetcher(client, journal, SURROUNDINGS), asked, sent };
}

describe('a fetch in the turn of a host', () => {
  it('goes on from the redirects of earlier turns, and no further than the turn allows', async () => {
    const outcome = fetched('text');
    const { fetcher, asked, sent } = fetcherFor(outcome);
    expect(await fetcher.fetch({ ...LEASE, followed: BEFORE }, REQUEST)).toBe(outcome);
    expect(asked).toMatchObject([
      { request: { url: REQUEST.url, followed: BEFORE, deadlineMs: 30_000 } },
    ]);
    expect(asked[0]?.mayFollow).toBe(LEASE.mayFollow);
    expect(sent).toEqual([]);
  });

  it('sends the work on where a redirect leads elsewhere, and leaves the host alone for a pause', async () => {
    const url = 'https://other.example/three';
    const redirects = [...BEFORE, { status: 302, to: url }];
    const { fetcher, sent } = fetcherFor({ kind: 'redirected', url, redirects });
    expect(await fetcher.fetch(LEASE, REQUEST)).toBeNull();
    expect(sent).toEqual([
      {
        onward: { work: 'page', id: 'p', url, redirects, at: new Date(NOW_MS) },
        freeAt: new Date(NOW_MS + LEASE.pauseMs),
      },
    ]);
  });
});
