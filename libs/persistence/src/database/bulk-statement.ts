/** One column of a bulk statement: one array parameter, one element per row. */
export interface BulkColumn<Row> {
  readonly name: string;
  /** Type of one element as it is sent. */
  readonly sentAs: 'uuid' | 'text' | 'jsonb' | 'timestamptz' | 'integer' | 'bigint' | 'boolean';
  /** Type it is cast to where that differs. */
  readonly storedAs?: 'text[]';
  readonly value: (row: Row) => string | number | boolean | null;
}

/** `name, name`, as an INSERT lists them. */
export function columnNames(columns: readonly BulkColumn<never>[]): string {
  return columns.map(({ name }) => name).join(', ');
}

/** `incoming.name, incoming.name::type`, as a SELECT from `unnested(columns)` lists them. */
export function incomingValues(columns: readonly BulkColumn<never>[]): string {
  return columns
    .map(({ name, storedAs }) => `incoming.${name}${storedAs ? `::${storedAs}` : ''}`)
    .join(', ');
}

/**
 * `unnest($1::uuid[], …) AS incoming(id, …)`: one constant statement for any number of rows, and no limit
 * of 65,535 parameters.
 */
export function unnested(columns: readonly BulkColumn<never>[]): string {
  const arrays = columns.map(({ sentAs }, index) => `$${String(index + 1)}::${sentAs}[]`);
  return `unnest(${arrays.join(', ')}) AS incoming(${columnNames(columns)})`;
}

/** One array per column. */
export function bulkParameters<Row>(
  columns: readonly BulkColumn<Row>[],
  rows: readonly Row[],
): unknown[] {
  return columns.map(({ value }) => rows.map((row) => value(row)));
}

/** Cuts rows into runs of at most `maxRows` and, but for a single larger row, `maxBytes`. */
export function sliceRows<Row>(
  rows: readonly Row[],
  sizeOf: (row: Row) => number,
  { maxRows, maxBytes }: { readonly maxRows: number; readonly maxBytes: number },
): Row[][] {
  const slices: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row);
    const current = slices.at(-1);
    if (!current || current.length >= maxRows || bytes + size > maxBytes) {
      slices.push([row]);
      bytes = size;
    } else {
      current.push(row);
      bytes += size;
    }
  }
  return slices;
}
