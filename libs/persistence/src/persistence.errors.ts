/** The database is away, shutting down, read-only or out of resources: try again later. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly retry = 'later';
}

/** The database refuses the data itself; the same data will be refused again. */
export class DataRefused extends Error {
  override readonly name = 'DataRefused';
  readonly code = 'DATA_REFUSED';
  readonly retry = 'never';
}

/** Another transaction was in the way, again and again; nothing was written. */
export class WriteConflict extends Error {
  override readonly name = 'WriteConflict';
  readonly code = 'WRITE_CONFLICT';
  readonly retry = 'later';
}

/** A statement took longer than it may. */
export class QueryTimedOut extends Error {
  override readonly name = 'QueryTimedOut';
  readonly code = 'QUERY_TIMED_OUT';
  readonly retry = 'later';
}

/** What was typed into a search cannot be read; `position` says where, in UTF-16 code units from 0. */
export class QueryMalformed extends Error {
  override readonly name = 'QueryMalformed';
  readonly code = 'QUERY_MALFORMED';
  readonly retry = 'never';
  readonly position: number;

  constructor(
    readonly parameter: 'q' | 'title',
    fault: { readonly position: number; readonly detail: string },
  ) {
    super(fault.detail);
    this.position = fault.position;
  }
}
