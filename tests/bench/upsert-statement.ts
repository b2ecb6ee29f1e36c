import { type ArticleArrival, ArticleWriter, type Pool } from '@broadsheet/persistence';

/** A bulk statement with one array parameter for each of its columns. */
export interface BulkStatement {
  readonly text: string;
  readonly values: readonly (readonly unknown[])[];
}

class Recorded extends Error {}

/**
 * The very statement by which the indexer would write these new articles, without running it: the writer is given
 * an empty store and stopped at the statement.
 */
export async function upsertStatement(
  arrivals: readonly ArticleArrival[],
  clock: () => Date,
): Promise<BulkStatement> {
  let recorded: BulkStatement | null = null;
  const client = {
    query: (text: string, values: unknown[][] = []) => {
      if (!text.includes('INSERT INTO article (')) return Promise.resolve({ rows: [] });
      recorded ??= { text, values };
      return Promise.reject(new Recorded());
    },
    release: () => undefined,
  };
  const pool = { connect: () => Promise.resolve(client) } as unknown as Pool;
  await new ArticleWriter(pool, clock).apply(arrivals).catch((error: unknown) => {
    if (recorded === null) throw error;
  });
  const statement = recorded as BulkStatement | null;
  if (statement?.values[0]?.length !== arrivals.length) {
    throw new Error('the writer did not write all of them in one statement');
  }
  return statement;
}

const SENT = /unnest\((?<types>[^()]*)\) AS incoming\((?<names>[^()]*)\)/;

/** What a staging table has to look like to take the rows of a statement. */
export function stagingColumns({ text }: BulkStatement): string {
  const { types = '', names = '' } = SENT.exec(text)?.groups ?? {};
  const typeOf = types.split(', ').map((type) => type.replace(/^\$\d+::(.*)\[\]$/, '$1'));
  return names
    .split(', ')
    .map((name, place) => `${name} ${typeOf[place] ?? ''}`)
    .join(', ');
}

/** The same rows by the same expressions, out of a staging table and without looking for conflicts. */
export function insertFromStaging({ text }: BulkStatement, table: string): string {
  return text.replace(SENT, `${table} AS incoming`).replace(/\nON CONFLICT.*$/s, '');
}
