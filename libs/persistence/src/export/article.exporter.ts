import type { Pool } from 'pg';
import { sliceRows } from '../database/bulk-statement.ts';
import { readBytes } from '../database/copy-out.ts';
import { linesQuery } from './export-lines.ts';
import { type ExportPlace, type ExportSearch, findPlaces } from './export-places.ts';

/** Read at once: large enough that one statement for each is nothing beside its rows. */
const PART = { maxRows: 500, maxBytes: 512 * 1024 };
/** What a line holds beside text and HTML, about. */
const BYTES_BESIDE = 2_048;
/** For what JSON writes longer. */
const SPARE = 1.1;
/** While one is written, Postgres composes the next. */
const PARTS_IN_HAND = 2;

/**
 * Reads all matches of a search in parts of bounded size. No transaction stays open for a slow reader:
 * each part is read by itself.
 */
export class ArticleExporter {
  constructor(private readonly pool: Pool) {}

  /**
   * One part at a time, none of them empty, none much larger than the largest article: lines of JSON in UTF-8,
   * one for each article.
   * @throws {QueryMalformed} for words that cannot be read, before the first part
   */
  async *parts(search: ExportSearch): AsyncGenerator<Buffer, void, undefined> {
    const inHand: Promise<Buffer>[] = [];
    for await (const places of findPlaces(this.pool, search)) {
      for (const part of sliceRows(places, ({ bytes }) => bytes, PART)) {
        inHand.push(this.read(part));
        if (inHand.length < PARTS_IN_HAND) continue;
        const lines = await inHand.shift();
        if (lines?.byteLength) yield lines;
      }
    }
    for (const rest of inHand) {
      const lines = await rest;
      if (lines.byteLength > 0) yield lines;
    }
  }

  /** Empty where all articles were deleted in between. */
  private read(part: readonly ExportPlace[]): Promise<Buffer> {
    const bytes = part.reduce((sum, place) => sum + place.bytes + BYTES_BESIDE, 0);
    const query = linesQuery(part.map(({ id }) => id));
    const reading = readBytes(this.pool, query, Math.ceil(bytes * SPARE));
    // Whether it failed is of interest once it is its turn.
    reading.catch(() => undefined);
    return reading;
  }
}
