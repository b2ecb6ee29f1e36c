import type { NewSource, Source, SourceChange, SourcePosition } from '@broadsheet/persistence';
import { Problem } from '../http/problem.errors.ts';
import { refuseFaultySelector } from './faulty-selector.ts';
import { readCursor, writeCursor } from './source-cursor.ts';
import type { NewSourceBody, SourceChangeBody, SourceListQuery } from './source-input.ts';

/** What managing sources needs of the store. */
export interface SourceStore {
  add(source: NewSource): Promise<boolean>;
  findById(id: string): Promise<Source | null>;
  findByUrl(url: string): Promise<Source | null>;
  list(limit: number, after: SourcePosition | null): Promise<readonly Source[]>;
  update(id: string, change: SourceChange): Promise<boolean>;
  delete(id: string): Promise<boolean>;
}

export interface SourcePageResult {
  readonly items: readonly Source[];
  readonly next: string | null;
}

/** Use case: what the fetcher follows is decided here; the rows are its orders. */
export class ManageSourcesHandler {
  constructor(
    private readonly store: SourceStore,
    private readonly now: () => Date,
    private readonly newId: () => string,
  ) {}

  /** @throws {Problem} CURSOR_INVALID */
  async list(query: SourceListQuery): Promise<SourcePageResult> {
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    if (query.cursor !== undefined && after === null) {
      throw new Problem(400, 'CURSOR_INVALID', 'the cursor is not one of this list');
    }
    // One more than is shown tells whether there is a next page.
    const found = await this.store.list(query.limit + 1, after);
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    const next = found.length > query.limit && last !== undefined ? writeCursor(last) : null;
    return { items, next };
  }

  /** @throws {Problem} SOURCE_NOT_FOUND */
  async one(id: string): Promise<Source> {
    const source = await this.store.findById(id);
    if (source === null) throw notFound();
    return source;
  }

  /** @throws {Problem} SOURCE_EXISTS, SELECTOR_INVALID, SELECTOR_TOO_COSTLY */
  async add({ url, name, folder, selector }: NewSourceBody): Promise<Source> {
    refuseFaultySelector(selector);
    const id = this.newId();
    const added = await this.store.add({
      id,
      url,
      name: name ?? null,
      folder: folder ?? null,
      selector: selector ?? null,
      createdAt: this.now(),
    });
    if (added) return this.one(id);
    const existing = await this.store.findByUrl(url);
    const headers = existing === null ? {} : { location: `/api/v1/sources/${existing.id}` };
    throw new Problem(409, 'SOURCE_EXISTS', 'a source with this address is followed already', {
      headers,
    });
  }

  /** @throws {Problem} SOURCE_NOT_FOUND, SELECTOR_INVALID, SELECTOR_TOO_COSTLY */
  async change(id: string, change: SourceChangeBody): Promise<Source> {
    refuseFaultySelector(change.selector);
    const isChanged = await this.store.update(id, { ...change, at: this.now() });
    if (!isChanged) throw notFound();
    return this.one(id);
  }

  /** @throws {Problem} SOURCE_NOT_FOUND */
  async remove(id: string): Promise<void> {
    if (!(await this.store.delete(id))) throw notFound();
  }
}

function notFound(): Problem {
  return new Problem(404, 'SOURCE_NOT_FOUND', 'there is no source with this id');
}
