import type { StoryPosition } from '@broadsheet/persistence';
import { z } from 'zod';

/** A list goes on in its own order alone. */
export type StoryOrder = 'recent' | 'size' | 'articles';

/** Postgres knows no year 0. */
const time = z.iso.datetime().refine((text) => text >= '0001');
const count = z.string().regex(/^\d{1,9}$/);

const Cursor = z.discriminatedUnion('order', [
  z.strictObject({ v: z.literal(1), order: z.literal('recent'), key: time, id: z.uuid() }),
  z.strictObject({ v: z.literal(1), order: z.literal('size'), key: count, id: z.uuid() }),
  z.strictObject({ v: z.literal(1), order: z.literal('articles'), key: time, id: z.uuid() }),
]);

const MAX_CURSOR_LENGTH = 500;

export function writeCursor(order: StoryOrder, { key, id }: StoryPosition): string {
  return Buffer.from(JSON.stringify({ v: 1, order, key, id })).toString('base64url');
}

/** Null for what is no cursor of this list. */
export function readCursor(order: StoryOrder, cursor: string): StoryPosition | null {
  const parsed = Cursor.safeParse(decode(cursor));
  if (!parsed.success || parsed.data.order !== order) return null;
  const { key, id } = parsed.data;
  return { key, id };
}

function decode(cursor: string): unknown {
  if (cursor.length > MAX_CURSOR_LENGTH || !/^[\w-]+$/.test(cursor)) return null;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
