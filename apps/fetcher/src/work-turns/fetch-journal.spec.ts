import type { NewsOutsidePolls, NewsRhythm } from '@broadsheet/persistence';
import { expect, it } from 'vitest';
import { Effects, LEASE, NOW_MS } from '../testing/fakes.ts';
import { FetchJournal } from './fetch-journal.ts';

const AT = new Date(NOW_MS);
const HOUR_MS = 3_600_000;

it('learns the rhythm of a source from news that no poll brought', async () => {
  const { journal: queue } = new Effects();
  let rhythm: NewsRhythm = { lastItemAt: null, itemGapMs: null, itemGaps: 0 };
  const noteNews = ({ at, rhythmAfter }: NewsOutsidePolls) => {
    rhythm = rhythmAfter(rhythm, at.getTime());
    return Promise.resolve();
  };
  const journal = new FetchJournal({ ...queue, noteNews }, () => undefined);
  for (const hour of [0, 1, 2, 3]) {
    await journal.noteNews('a', 2, new Date(NOW_MS + hour * HOUR_MS));
  }
  const lastItemAt = new Date(NOW_MS + 3 * HOUR_MS);
  expect(rhythm).toEqual({ lastItemAt, itemGapMs: HOUR_MS, itemGaps: 3 });
});

it('counts an end once it is recorded, by its outcome', async () => {
  const effects = new Effects();
  const ends: unknown[] = [];
  const queue = { ...effects.journal, noteNews: () => Promise.resolve() };
  const journal = new FetchJournal(queue, (end) => ends.push(end));
  const page = { addressId: 'a', url: 'https://news.example/a' };
  const given = { kind: 'given-up' as const, ...page, code: 'ROBOTS_DENIED' };
  const seen = { etag: null, lastModified: null, bodyHash: null, dueAt: null };
  await journal.endPage(LEASE, given, AT);
  await journal.endPage(LEASE, { kind: 'done', ...page, at: AT, ...seen }, AT);
  const url = 'https://other.example/a';
  await journal.sendOn(LEASE, { work: 'page', id: 'a', url, redirects: [], at: AT }, AT);
  effects.failing = 'end page done';
  const lost = journal.endPage(LEASE, { kind: 'done', ...page, at: AT, ...seen }, AT);
  await expect(lost).rejects.toThrow('end page done');
  expect(ends).toEqual([
    { work: 'page', outcome: 'ROBOTS_DENIED' },
    { work: 'page', outcome: 'done' },
    { work: 'page', outcome: 'sent-on' },
  ]);
});
