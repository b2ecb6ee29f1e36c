import type { SearchPosition } from '@broadsheet/persistence';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './search-cursor.ts';

const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const position: fc.Arbitrary<SearchPosition> = fc.oneof(
  fc.record({ sort: fc.constantFrom('published', 'seen'), at: time, id: fc.uuid() }),
  fc.record({
    sort: fc.constant('relevance' as const),
    score: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
    id: fc.uuid(),
    asOf: time,
  }),
);

describe('a search cursor', () => {
  it('gives the position back to the search it came from', () => {
    fc.assert(
      fc.property(position, fc.string(), (where, query) => {
        expect(readCursor(writeCursor(where, query), query)).toEqual(where);
      }),
    );
  });

  it('is nothing to any other search', () => {
    fc.assert(
      fc.property(position, fc.string(), fc.string(), (where, query, other) => {
        fc.pre(query !== other);
        expect(readCursor(writeCursor(where, query), other)).toBeNull();
      }),
    );
  });

  it('is nothing once a character of it was changed', () => {
    fc.assert(
      fc.property(position, fc.nat(), (where, at) => {
        const cursor = writeCursor(where, 'q');
        const index = at % cursor.length;
        const changed = cursor[index] === 'A' ? 'B' : 'A';
        const forged = cursor.slice(0, index) + changed + cursor.slice(index + 1);
        expect(readCursor(forged, 'q')).toSatisfy(
          (read) => read === null || JSON.stringify(read) === JSON.stringify(where),
        );
      }),
    );
  });

  it('takes no text for a cursor, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCursor(text, 'q')).toBeNull();
      }),
    );
    const json = Buffer.from('{"v":2}').toString('base64url');
    expect(readCursor(json, 'q')).toBeNull();
    expect(readCursor('A'.repeat(100_000), 'q')).toBeNull();
  });
});
