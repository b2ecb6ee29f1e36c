import type { SourcePosition } from '@broadsheet/persistence';
import { z } from 'zod';

const Cursor = z.strictObject({ v: z.literal(1), addedAt: z.iso.datetime(), id: z.uuid() });

export function writeCursor({ createdAt, id }: SourcePosition): string {
  const json = JSON.stringify({ v: 1, addedAt: createdAt.toISOString(), id });
  return Buffer.from(json).toString('base64url');
}

/** Null for what is no cursor of this list. */
export function readCursor(cursor: string): SourcePosition | null {
  const parsed = Cursor.safeParse(decode(cursor));
  return parsed.success ? { createdAt: new Date(parsed.data.addedAt), id: parsed.data.id } : null;
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
