import { expect, it } from 'vitest';
import { Effects, LEASE, NOW_MS } from '../testing/fakes.ts';
import { FetchJournal } from './fetch-journal.ts';

const AT = new Date(NOW_MS);

it('counts an end once it is recorded, by its outcome', async () => {
  const effects = new Effects();
  const ends: unknown[] = [];
  const journal = new FetchJournal(effects.journal, (end) => ends.push(end));
  const given = { kind: 'given-up' as const, addressId: 'a', code: 'ROBOTS_DENIED' };
  const seen = { etag: null, lastModified: null, bodyHash: null, dueAt: null };
  await journal.endPage(LEASE, given, AT);
  await journal.endPage(LEASE, { kind: 'done', addressId: 'a', at: AT, ...seen }, AT);
  effects.failing = 'end page done';
  const lost = journal.endPage(LEASE, { kind: 'done', addressId: 'a', at: AT, ...seen }, AT);
  await expect(lost).rejects.toThrow('end page done');
  expect(ends).toEqual([
    { work: 'page', outcome: 'ROBOTS_DENIED' },
    { work: 'page', outcome: 'done' },
  ]);
});
