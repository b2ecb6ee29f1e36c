import { createHash } from 'node:crypto';
import type { SearchPosition } from '@broadsheet/persistence';
import { z } from 'zod';

const Position = z.union([
  z.strictObject({ sort: z.enum(['published', 'seen']), at: z.iso.datetime(), id: z.uuid() }),
  z.strictObject({
    sort: z.literal('relevance'),
    score: z.number(),
    id: z.uuid(),
    asOf: z.iso.datetime(),
  }),
]);
const Cursor = z.strictObject({ v: z.literal(1), position: Position, digest: z.string() });

const MAX_CURSOR_LENGTH = 1_000;

/** A cursor only continues the search it came from; `query` is that search without its paging. */
export function writeCursor(position: SearchPosition, query: string): string {
  const json = JSON.stringify({ v: 1, position, digest: digestOf(position, query) });
  return Buffer.from(json).toString('base64url');
}

/** Null for a cursor of another search, of another version, or changed by hand. */
export function readCursor(cursor: string, query: string): SearchPosition | null {
  const parsed = Cursor.safeParse(decode(cursor));
  if (!parsed.success) return null;
  const { position, digest } = parsed.data;
  return digest === digestOf(position, query) ? position : null;
}

function decode(cursor: string): unknown {
  if (cursor.length > MAX_CURSOR_LENGTH || !/^[\w-]+$/.test(cursor)) return null;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function digestOf(position: SearchPosition, query: string): string {
  const at = position.sort === 'relevance' ? `${position.score}/${position.asOf}` : position.at;
  const text = ['broadsheet-cursor-1', query, position.sort, at, position.id].join('\n');
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
