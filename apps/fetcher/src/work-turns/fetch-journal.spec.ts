import { expect, it } from 'vitest';
import { Effects, LEASE, NOW_MS } from '../testing/fakes.ts';
import { FetchJournal } from './fetch-journal.ts';

const AT = new Date(NOW_MS);

it('counts an end once it is recorded, by its outcome', async () => {
  const effects = new Effects();
  const ends: unknown[] = [];
  const journal = new FetchJournal(effects.journal, (end) => ends.push(end));
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
