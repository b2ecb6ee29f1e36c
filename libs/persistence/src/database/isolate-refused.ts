import { DataRefused } from '../persistence.errors.ts';

/**
 * Writes items together. Where the database refuses their data, halves them until the refused ones stand
 * alone; the rest is written. One result per item, in order.
 */
export async function isolateRefused<Item, Result>(
  items: readonly Item[],
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  refused: (error: DataRefused) => Result,
): Promise<readonly Result[]> {
  if (items.length === 0) return [];
  try {
    return await write(items);
  } catch (error) {
    if (!(error instanceof DataRefused)) throw error;
    if (items.length === 1) return [refused(error)];
    const middle = items.length >> 1;
    const firstHalf = await isolateRefused(items.slice(0, middle), write, refused);
    return [...firstHalf, ...(await isolateRefused(items.slice(middle), write, refused))];
  }
}
