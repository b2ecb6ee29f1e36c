import { expect, it } from 'vitest';
import { loosenQuery } from './loosen-query.ts';

it.each([
  [`'ferri'`, `'ferri'`],
  [`'old' <-> 'ferri' & 'boat'`, `'old' & 'ferri' & 'boat'`],
  [`'old' <3> ( 'row' | 'boat' )`, `'old' & ( 'row' | 'boat' )`],
  [`'harbour':A | 'harb':*A`, `'harbour' | 'harb':*`],
  [`'a <-> b' & 'it''s:A'`, `'a <-> b' & 'it''s:A'`],
  [`'boat' & !( 'old' <-> 'ferri' )`, `'boat' & !( 'old' <-> 'ferri' )`],
])('loosens %s', (query, expected) => {
  expect(loosenQuery(query)).toBe(expected);
});
